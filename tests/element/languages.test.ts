// Every language says everything, in its own words.

import assert from 'node:assert/strict'
import {readFile} from 'node:fs/promises'
import {test} from 'node:test'
import {loadLanguage, localeFor, speak} from '../../web/element/speech.js'
import {statusLooks} from '../../web/element/status-look.js'
import {language as german} from '../../web/element/strings.de.js'
import {english, type Language} from '../../web/element/strings.en.js'
import {errorCodes} from '../../web/module/errors.js'

const languages: readonly Language[] = [german]

/** "page.plain.title" to its text. */
function texts(value: unknown, path = ''): readonly (readonly [string, string])[] {
  if (typeof value === 'string') return [[path, value]]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => texts(inner, path === '' ? key : `${path}.${key}`))
}

const placeholders = (text: string): readonly string[] => (text.match(/\{\w+\}|#/g) ?? []).sort()

/** What English spells out by itself, other languages name. */
const isNamed = (path: string): boolean => /^page\.(columns|statuses)\./.test(path)

const inEnglish = new Map(texts(english))

for (const language of languages) {
  const there = new Map(texts(language))

  test(`${language.tag}: has each sentence, and none that English has not`, () => {
    assert.deepEqual([...inEnglish.keys()].filter((path) => !there.has(path)), [])
    assert.deepEqual([...there.keys()].filter((path) => !inEnglish.has(path) && !isNamed(path)), [])
  })

  test(`${language.tag}: mentions what English mentions`, () => {
    for (const [path, text] of there) {
      if (!inEnglish.has(path)) continue
      assert.deepEqual(placeholders(text), placeholders(inEnglish.get(path) ?? ''), path)
    }
  })

  test(`${language.tag}: says nothing in English`, () => {
    // Names, and words that are the same.
    const same = new Set([
      'words.report.look_in',
      'page.plain.firstPlaceholder',
      'page.plain.filterStatus',
      'page.counted.filters.one',
      'guide.steps.4.details.0.term',
      'guide.steps.4.details.1.term',
      'guide.steps.4.details.1.text',
    ])
    const left = [...there].filter(
      ([path, text]) => inEnglish.get(path) === text && !same.has(path) && !/^page\.formats\.\w+\.title$|\.step$/.test(path),
    )
    assert.deepEqual(left, [])
    const words = /\b(the|and|your|this|cannot|with|from|please)\b/i
    // What the Dashboard says stands in its own quotes.
    for (const [path, text] of there) assert.doesNotMatch(text.replaceAll(/\u201c[^\u201d]*\u201d/g, ''), words, path)
  })

  test(`${language.tag}: says of each error what it is and what to do`, () => {
    const {words, format} = speak(language, language.tag, () => 2)
    for (const code of errorCodes) {
      const {title, body} = words.error(format, code)
      assert.ok(title.length > 3, code)
      assert.doesNotMatch(title, /\.$/, `${code}: a title has no full stop`)
      assert.match(body, /[.!]$/, `${code}: a sentence ends`)
      assert.ok(body.split(' ').length >= 4, `${code}: says too little`)
      assert.equal(words.error(format, code).step, speak(english, 'en', () => 2).words.error(format, code).step, code)
    }
  })

  test(`${language.tag}: has a name for each column and status`, async () => {
    const described = await readFile(new URL('../../web/tables.md', import.meta.url), 'utf8')
    const named: Readonly<Record<string, string>> = language.page.columns
    for (const table of ['customers', 'invoices', 'payments', 'subscriptions']) {
      const section = described.split(`\n## ${table}\n`)[1]?.split('\n## ')[0] ?? ''
      const columns = [...section.matchAll(/^\| `(\w+)` \|/gm)].map(([, name = '']) => name)
      assert.ok(columns.length > 10, table)
      for (const column of columns) assert.ok(named[column], `${table}.${column}`)
    }
    assert.deepEqual(Object.keys(language.page.statuses).sort(), Object.keys(statusLooks).sort())
  })
}

test('numbers, plurals and dates are written as the language does', () => {
  const {words, format} = speak(german, 'de-DE', () => 2)
  assert.equal(words.verdictChange(format, 1), '1 Berechtigung \u00e4ndern, dann noch einmal pr\u00fcfen')
  assert.equal(words.verdictChange(format, 1200), '1.200 Berechtigungen \u00e4ndern, dann noch einmal pr\u00fcfen')
  assert.equal(words.shown(format, 3, 12345), '3 von 12.345 gezeigt')
  assert.equal(format.money(-123456, 'eur').replaceAll('\u00a0', ' '), '\u22121.234,56 \u20ac')
  assert.equal(words.timeLeft(format, 90), 'noch etwa 2 Minuten')
  assert.equal(words.repaired(format, ['line_breaks', 'quotes']), 'Entfernt haben wir: ein Zeilenumbruch und Anf\u00fchrungszeichen.')
})

test('the page\u2019s language comes first, then the reader\u2019s, then English', () => {
  const cases: readonly (readonly [readonly string[], readonly string[], string])[] = [
    [['de', 'en-US'], ['en-US'], 'de'],
    [['de', 'en-US', 'de-AT'], ['en-US', 'de-AT'], 'de-AT'],
    [['de-CH', 'en-US'], ['en-US'], 'de-CH'],
    [['DE', 'en-US'], ['en-US'], 'DE'],
    [['en', 'de-DE'], ['de-DE'], 'en'],
    [['', 'de-DE'], ['de-DE'], 'de-DE'],
    [['fr', 'it', 'de'], ['it', 'de'], 'de'],
    [['fr', 'it'], ['it'], 'en'],
    [['constructor'], [], 'en'],
  ]
  for (const [wanted, readers, chosen] of cases) assert.equal(localeFor(wanted, readers), chosen, wanted.join())
})

test('German is loaded for those who read it', async () => {
  assert.equal(loadLanguage('en-GB'), null)
  assert.equal((await loadLanguage('de-AT'))?.tag, 'de')
})
