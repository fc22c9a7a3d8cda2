// One language at work: its words and its numbers and dates. English is always here;
// any other comes as a chunk of its own when a page asks for it.

import {Format} from './format.js'
import {english, type Language} from './strings.en.js'
import {stringsOf, type Strings} from './strings.js'

export interface Speech {
  readonly words: Strings
  readonly format: Format
}

type Load = () => Promise<Language>

const others: Readonly<Record<string, Load>> = {
  de: async () => (await import('./strings.de.js')).language,
}

const languageOf = (locale: string): string => locale.toLowerCase().split('-')[0] ?? ''

/**
 * The first of `wanted` that there are words for, English when there is none. "de" alone becomes the
 * reader's own kind of German, which decides how numbers and dates are written.
 */
export function localeFor(wanted: readonly string[], readers: readonly string[]): string {
  const known = wanted.find((locale) => languageOf(locale) === english.tag || Object.hasOwn(others, languageOf(locale))) ?? english.tag
  if (known.includes('-')) return known
  return readers.find((locale) => languageOf(locale) === languageOf(known)) ?? known
}

export function speak(language: Language, locale: string, digitsOf: (currency: string) => number): Speech {
  return {words: stringsOf(language), format: new Format(locale, digitsOf)}
}

/** Null: it is here already, and it is English. */
export function loadLanguage(locale: string): Promise<Language> | null {
  return others[languageOf(locale)]?.() ?? null
}

/** The nearest `lang` attribute, through the shadow trees around. */
export function nearestLang(element: Element): string {
  for (let at: Element | null = element; at; ) {
    const found: Element | null = at.closest('[lang]')
    if (found) return found.getAttribute('lang') ?? ''
    const root = at.getRootNode()
    at = root instanceof ShadowRoot ? root.host : null
  }
  return ''
}
