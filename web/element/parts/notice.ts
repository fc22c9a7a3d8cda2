// A few sentences and the one next step: the way every trouble is told.

import {html, nothing, type TemplateResult} from 'lit'
import type {ErrorCode} from '../../module/types.js'
import type {Mentioned, Step} from '../strings.js'
import {icon, type IconName, type View} from './view.js'

export type Tone = 'bad' | 'warn' | 'good' | 'plain'

const icons: Record<Tone, IconName> = {bad: 'cross', warn: 'warn', good: 'check', plain: 'dots'}

export function notice(
  tone: Tone,
  title: string,
  body: unknown,
  actions: unknown = nothing,
): TemplateResult {
  return html`<div class="notice ${tone}" part="notice">
    <span class="badge">${icon(icons[tone])}</span>
    <div class="notice-text">
      <p class="notice-title">${title}</p>
      ${body === nothing ? nothing : html`<p>${body}</p>`}
      ${actions === nothing ? nothing : html`<div class="actions">${actions}</div>`}
    </div>
  </div>`
}

/** `onStep` may take a step over, as the form does with "clear"; null leaves it out. */
export function errorNotice(
  view: View,
  code: ErrorCode,
  tone: Tone,
  mentioned: Mentioned,
  buttonFor: (step: Step) => unknown,
): TemplateResult {
  const {title, body, step} = view.words.error(view.format, code, mentioned)
  return notice(tone, title, body, buttonFor(step))
}

export function link(
  label: string,
  href: string,
  look: string,
  words: {opensInNewTab: string},
): TemplateResult {
  // No referrer: Stripe need not learn where the reader comes from.
  return html`<a class=${look} href=${href} target="_blank" rel="noopener noreferrer"
    >${label}<span class="hidden">, ${words.opensInNewTab}</span>${icon('out')}</a
  >`
}

export function helpButton(view: View, code: ErrorCode | null, label?: string): TemplateResult {
  return html`<button
    type="button"
    class="text"
    part="help"
    @click=${() => {
      view.askForHelp(code)
    }}
  >
    ${label ?? view.words.questions}
  </button>`
}
