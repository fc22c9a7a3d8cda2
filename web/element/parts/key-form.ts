// The two fields. Their text goes from the inputs straight to the module and is
// kept nowhere else; the inputs are emptied on Connect, and the form leaves the DOM.
//
// The field is masked text, not type=password: a browser offers to save a password
// (and ignores autocomplete=off on it), which would put the key on a disk. Without
// names and without a <form> nothing can be submitted or remembered either.

import {html, nothing, type TemplateResult} from 'lit'
import {guard} from 'lit/directives/guard.js'
import type {KeyFieldsVerdict, KeyVerdict} from '../../module/types.js'
import type {Step} from '../strings.js'
import {renderGuide} from './guide.js'
import {errorNotice, helpButton, link, notice} from './notice.js'
import {icon, type View} from './view.js'

const FIRST = 'first-field'
const SECOND = 'second-field'

interface Inputs {
  readonly first: HTMLInputElement
  readonly second: HTMLInputElement
}

function inputsAround(event: Event): Inputs | null {
  const root = (event.currentTarget as HTMLElement).getRootNode() as ShadowRoot
  return inputsIn(root)
}

export function inputsIn(root: ShadowRoot | DocumentFragment): Inputs | null {
  const first = root.querySelector<HTMLInputElement>(`#${FIRST}`)
  const second = root.querySelector<HTMLInputElement>(`#${SECOND}`)
  return first && second ? {first, second} : null
}

/** Tells the store what the fields hold, e.g. once the module has loaded. */
export function tellFields(view: Pick<View, 'send'>, inputs: Inputs): void {
  view.send({type: 'fields', first: inputs.first.value, second: inputs.second.value})
}

function change(view: View, event: Event, edit: (inputs: Inputs) => void): void {
  const inputs = inputsAround(event)
  if (!inputs) return
  edit(inputs)
  tellFields(view, inputs)
  inputs.first.focus()
}

function connect(view: View, event: Event): void {
  const inputs = inputsAround(event)
  if (!inputs || !isReady(view)) return
  const text = inputs.first.value
  inputs.first.value = ''
  inputs.second.value = ''
  view.send({type: 'connect', text})
}

export function isReady(view: View): boolean {
  const {module, fields, repairUndone} = view.state
  return module === 'ready' && fields?.ready === true && !repairUndone
}

function field(
  view: View,
  id: string,
  label: string,
  extra: {placeholder: string; invalid: boolean; describedBy: string},
): TemplateResult {
  return html`<label for=${id}>${label}</label>
    <input
      id=${id}
      part="field"
      class="secret"
      type="text"
      placeholder=${extra.placeholder}
      autocomplete="off"
      autocapitalize="off"
      autocorrect="off"
      spellcheck="false"
      translate="no"
      data-1p-ignore
      data-lpignore="true"
      data-bwignore
      data-form-type="other"
      aria-invalid=${extra.invalid ? 'true' : 'false'}
      aria-describedby=${extra.describedBy}
      @input=${(event: Event) => {
        const inputs = inputsAround(event)
        if (inputs) tellFields(view, inputs)
      }}
      @keydown=${(event: KeyboardEvent) => {
        if (event.key === 'Enter' && !event.isComposing) connect(view, event)
      }}
    />`
}

function clearButton(view: View, label: string, which: 'first' | 'second'): TemplateResult {
  return html`<button
    type="button"
    class="small"
    @click=${(event: Event) => {
      change(view, event, (inputs) => {
        inputs[which].value = ''
      })
    }}
  >
    ${label}
  </button>`
}

function goodKey(view: View, verdict: KeyVerdict): TemplateResult {
  const {words, format, state} = view
  const repaired = verdict.repairs.length > 0
  if (state.repairUndone) {
    return notice(
      'warn',
      words.undone,
      nothing,
      html`<button
          type="button"
          class="small"
          @click=${() => {
            view.send({type: 'redo-repair'})
          }}
        >
          ${words.redo}
        </button>
        ${clearButton(view, words.clear, 'first')}`,
    )
  }
  return html`<div class="key-good">
    <span class="badge good">${icon('check')}</span>
    <div class="key-good-text">
      <p>
        <span class="hidden">${words.keyGood('')}</span><code>${verdict.redacted}</code>
        <span class="tag ${verdict.mode ?? ''}">${verdict.mode === 'test' ? words.test : words.live}</span>
      </p>
      ${repaired ? html`<p class="quiet">${words.repaired(format, verdict.repairs)}</p>` : nothing}
      ${verdict.mode === 'test' ? html`<p class="quiet">${words.testOnly}</p>` : nothing}
      ${verdict.lengthUnusual
        ? html`<p class="quiet">${words.lengthUnusual(format, verdict.length)}</p>`
        : nothing}
      <div class="actions tight">
        ${repaired
          ? html`<button
              type="button"
              class="text"
              @click=${() => {
                view.send({type: 'undo-repair'})
              }}
            >
              ${words.undo}
            </button>`
          : nothing}
        <button
          type="button"
          class="text"
          @click=${(event: Event) => {
            change(view, event, (inputs) => {
              inputs.first.value = ''
            })
          }}
        >
          ${words.clear}
        </button>
      </div>
    </div>
  </div>`
}

function firstVerdict(view: View, fields: KeyFieldsVerdict | null): unknown {
  if (!fields || fields.error === 'key_in_second_field') return nothing
  const {first} = fields
  if (first.error === 'key_empty') return nothing
  if (first.error === null) return goodKey(view, first)
  return errorNotice(view, first.error, 'bad', {verdict: first}, (step: Step) => [
    step === 'create' ? createLink(view, 'small') : nothing,
    clearButton(view, view.words.clear, 'first'),
  ])
}

function secondVerdict(view: View, fields: KeyFieldsVerdict | null): unknown {
  const {words} = view
  const error = fields?.error
  if (!fields || (error !== 'key_in_second_field' && error !== 'key_in_both_fields')) return nothing
  const {second} = fields
  const both = error === 'key_in_both_fields'
  const sentences = view.words.error(view.format, error)
  // Not a key at all: say what it is; moving it would only move the trouble.
  const body =
    !both && second.error !== null
      ? view.words.error(view.format, second.error, {verdict: second}).title + '. ' + sentences.body
      : sentences.body
  return notice(
    'warn',
    sentences.title,
    body,
    both
      ? clearButton(view, words.clearSecond, 'second')
      : html`<button
          type="button"
          class="small"
          @click=${(event: Event) => {
            change(view, event, (inputs) => {
              inputs.first.value = inputs.second.value
              inputs.second.value = ''
            })
          }}
        >
          ${words.moveToFirst}
        </button>`,
  )
}

function createLink(view: View, look: string): TemplateResult {
  const {words, state} = view
  return link(words.create, state.createUrl || 'https://dashboard.stripe.com/apikeys', look, words)
}

function createStep(view: View, reconnecting: boolean): TemplateResult {
  const {words} = view
  return html`<section class="step" aria-labelledby="create-title">
    <span class="step-number" aria-hidden="true">1</span>
    <div class="step-body">
      <h3 id="create-title">${words.createTitle}</h3>
      <p class="quiet">${words.createHint}</p>
      <div class="actions">
        ${createLink(view, reconnecting ? 'plain' : 'primary')}
        <button
          type="button"
          class="plain"
          @click=${(event: Event) => {
            inputsAround(event)?.first.focus()
          }}
        >
          ${words.haveKey}
        </button>
      </div>
      ${renderGuide(view)}
    </div>
  </section>`
}

function connectRow(view: View): TemplateResult {
  const {words, state} = view
  return html`<div class="connect-row">
    <button
      type="button"
      class="primary"
      part="connect"
      ?disabled=${!isReady(view)}
      @click=${(event: Event) => {
        connect(view, event)
      }}
    >
      ${words.connect}
    </button>
    ${state.connection
      ? html`<button
          type="button"
          class="plain"
          @click=${() => {
            view.send({type: 'keep-old-key'})
          }}
        >
          ${words.keepOld}
        </button>`
      : nothing}
    ${state.module === 'loading' ? html`<span class="quiet soon">${words.loading}</span>` : nothing}
    <span class="push">${helpButton(view, null)}</span>
  </div>`
}

function refusal(view: View): unknown {
  const {refused} = view.state
  if (!refused) return nothing
  return errorNotice(view, refused, 'bad', {}, (step) =>
    step === 'help' ? helpButton(view, refused, view.words.help) : nothing,
  )
}

export function renderKeyForm(view: View): TemplateResult {
  const {state, words} = view
  const {fields} = state
  const reconnecting = state.connection !== null
  const misplaced = fields?.error === 'key_in_second_field' || fields?.error === 'key_in_both_fields'
  if (state.module === 'failed') {
    return html`${notice(
      'bad',
      words.tryAgain,
      words.moduleFailed,
      html`<button
        type="button"
        class="small"
        @click=${() => {
          view.send({type: 'reload-module'})
        }}
      >
        ${words.tryAgain}
      </button>`,
    )}`
  }
  return html`
    <div class="alert" role="status" aria-live="polite">${refusal(view)}</div>
    ${guard([words, state.createUrl, reconnecting], () => createStep(view, reconnecting))}
    <section class="step" aria-labelledby="paste-title">
      <span class="step-number" aria-hidden="true">2</span>
      <div class="step-body">
        <h3 id="paste-title">${words.pasteTitle}</h3>
        <div class="field">
          ${field(view, FIRST, words.first, {
            placeholder: words.firstPlaceholder,
            invalid: fields !== null && fields.first.error !== null && fields.first.error !== 'key_empty',
            describedBy: 'first-verdict',
          })}
          <div id="first-verdict" class="verdict" role="status" aria-live="polite">
            ${firstVerdict(view, fields)}
          </div>
        </div>
        <div class="field second">
          ${field(view, SECOND, words.second, {
            placeholder: '',
            invalid: misplaced,
            describedBy: 'second-hint second-verdict',
          })}
          <p id="second-hint" class="quiet hint" ?hidden=${misplaced}>${words.secondHint}</p>
          <div id="second-verdict" class="verdict" role="status" aria-live="polite">
            ${secondVerdict(view, fields)}
          </div>
        </div>
        ${connectRow(view)}
      </div>
    </section>
    ${guard([words], () => html`<p class="trust">${icon('lock')}<span>${words.trust}</span></p>`)}
  `
}
