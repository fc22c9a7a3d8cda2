// The audit: lines per section while answers come, then the verdict as something to
// act on. What is wrong stands first, in the Dashboard's words and order.

import {html, nothing, type TemplateResult} from 'lit'
import type {ErrorCode, Finding, PermissionReport, TableName} from '../../module/types.js'
import {tableNames, toAskAgain, toChange} from '../state.js'
import {errorWords} from '../strings.js'
import {errorNotice, helpButton, link} from './notice.js'
import {renderLookAt, renderRight, sectionsOf, type Section} from './permission-lists.js'
import {cssom, icon, type IconName, type View} from './view.js'

function sectionLine(view: View, {name, findings}: Section): TemplateResult {
  const {words, format} = view
  const pending = findings.filter(({verdict}) => verdict === 'pending').length
  const wrong = findings.filter(({verdict}) => verdict === 'missing' || verdict === 'excess').length
  const unclear = findings.filter(({verdict}) => verdict === 'unchecked').length
  let look: IconName = 'check'
  let text: string = words.sectionRight
  if (wrong > 0) {
    look = 'cross'
    text = words.sectionWrong(format, wrong)
  } else if (pending > 0) {
    look = 'dots'
    text = words.sectionOpen
  } else if (unclear > 0) {
    look = 'dash'
    text = words.sectionUnclear
  }
  return html`<li class="section-line ${look}">
    <span class="badge">${icon(look)}</span><span>${name}</span><span class="quiet">${text}</span>
  </li>`
}

export function renderChecking(view: View): TemplateResult {
  const {state, words, format} = view
  const {report, candidate} = state
  const sections = sectionsOf(
    view,
    report?.findings.filter(({verdict}) => verdict !== 'cannot_be_shown') ?? [],
  )
  const share = report && report.asked > 0 ? report.answered / report.asked : 0
  return html`<section class="checking" aria-labelledby="checking-title">
    <h3 id="checking-title" tabindex="-1">${state.recheck ? words.checkingAgain : words.checking}</h3>
    <p class="quiet">${words.checkingWith(candidate?.redacted ?? '')}</p>
    <div class="bar" ${cssom({'--share': String(share)})}><span></span></div>
    <p class="quiet" role="status">
      ${report ? words.checked(format, report.answered, report.asked) : words.loading}
    </p>
    <ul class="section-lines">${sections.map((section) => sectionLine(view, section))}</ul>
    <div class="actions">
      <button
        type="button"
        class="plain"
        @click=${() => {
          view.send({type: 'cancel'})
        }}
      >
        ${words.cancel}
      </button>
    </div>
  </section>`
}

/** More than these are listed without a sentence each. */
const FEW = 6

function levelNow({verdict, shown}: Finding): string {
  if (verdict === 'missing') return 'None'
  if (shown === 'write') return 'Write'
  return shown === 'read' ? 'Read' : 'Read or more'
}

/** The whole second row, where all of it is empty, has no label of Stripe's. */
function labelOf(view: View, {label}: Finding): string {
  return label === '' ? view.words.secondRow : label
}

function levelWanted(view: View, {label, wanted}: Finding): string {
  if (label === '') return view.words.asFirstRow
  return wanted === 'read' ? 'Read' : 'None'
}

function whatToDo(view: View, finding: Finding): string {
  const {words} = view
  const {label, verdict, shown, wanted} = finding
  if (label === '') return words.secondRowEmpty
  if (verdict === 'missing') return words.missingRow(label)
  if (shown === 'write') return words.writeRow(label, wanted)
  return words.excessRow(label)
}

function more(view: View, finding: Finding, sentences: readonly string[]): unknown {
  const {words} = view
  const rule = sentences[finding.rule] ?? ''
  if (rule === '' && finding.hint === '') return nothing
  return html`<details class="more">
    <summary>${icon('chevron')}${words.more}<span class="hidden"> ${labelOf(view, finding)}</span></summary>
    ${rule === '' ? nothing : html`<p class="quiet">${words.guideSays(rule)}</p>`}
    ${finding.hint === '' ? nothing : html`<p class="quiet">${words.stripeSays(finding.hint)}</p>`}
  </details>`
}

function changeRow(
  view: View,
  finding: Finding,
  few: boolean,
  report: PermissionReport,
): TemplateResult {
  const {words} = view
  const missing = finding.verdict === 'missing'
  const bothBoxes = finding.connectColumn && ['not_known', 'not_asked'].includes(report.secondRow)
  const maybeOther = finding.implied && finding.shown !== 'write'
  return html`<li class="change">
    <span class="badge ${missing ? 'bad' : 'warn'}">${icon(missing ? 'cross' : 'warn')}</span>
    <div class="change-text">
      <p>
        <strong>${labelOf(view, finding)}</strong>
        <span class="from-to"
          ><span class="level">${levelNow(finding)}</span
          ><span class="arrow" aria-hidden="true">${icon('chevron')}</span
          ><span class="level wanted">${levelWanted(view, finding)}</span></span
        >
      </p>
      ${few
        ? html`<p class="quiet">
              ${whatToDo(view, finding)} ${maybeOther ? words.maybeOther : nothing}
              ${bothBoxes ? words.connectBox : nothing}
            </p>
            ${more(view, finding, report.sentences)}`
        : nothing}
    </div>
  </li>`
}

/** The rows to change as plain text, for a mail to whoever holds the Stripe account. */
export function copyText(view: View, findings: readonly Finding[]): string {
  const {words} = view
  const lines = sectionsOf(view, findings).flatMap(({name, findings: rows}) => [
    '',
    name,
    ...rows.map((row) => `- ${words.copyLine(labelOf(view, row), levelWanted(view, row))}`),
  ])
  return [words.copyHead, ...lines].join('\n')
}

function missedTables(findings: readonly Finding[]): readonly TableName[] {
  const missed = new Set(
    findings.flatMap(({verdict, tables}) => (verdict === 'missing' ? tables : [])),
  )
  return tableNames.filter((name) => missed.has(name))
}

function unreachable(view: View, code: ErrorCode): TemplateResult {
  const {words, state, format} = view
  const button = (label: string, look: string, type: 'check-again' | 'another-key') =>
    html`<button
      type="button"
      class=${look}
      @click=${() => {
        view.send({type})
      }}
    >
      ${label}
    </button>`
  return html`<section class="unreachable">
    <div role="status" aria-live="polite">
      ${errorNotice(view, code, 'warn', {}, () => nothing)}
    </div>
    ${state.retry
      ? html`<p class="quiet waiting">${icon('clock')}${words.waitRetry(format, state.retry.wait)}</p>`
      : nothing}
    <div class="actions">
      ${button(words.retryNow, 'primary', 'check-again')}
      ${button(words.anotherKey, 'plain', 'another-key')}
      ${code === 'stripe_down' || code === 'timed_out' || code === 'rate_limited'
        ? link(words.statusPage, 'https://status.stripe.com', 'text', words)
        : nothing}
      <span class="push">${helpButton(view, code)}</span>
    </div>
  </section>`
}

function verdictTitle(view: View, changes: number, unclear: number): string {
  const {words, format} = view
  if (changes > 0) return words.verdictChange(format, changes)
  return unclear > 0 ? words.verdictAskAgain(format, unclear) : words.verdictRight
}

function unclearList(view: View, findings: readonly Finding[]): unknown {
  if (findings.length === 0) return nothing
  return html`<section>
    <h4>${view.words.unclearTitle}</h4>
    <ul class="changes">
      ${findings.map(
        ({label, reason}) =>
          html`<li class="change">
            <span class="badge">${icon('dash')}</span>
            <div class="change-text">
              <p><strong>${label}</strong></p>
              ${reason
                ? html`<p class="quiet">${errorWords(reason, view.format).title}.</p>`
                : nothing}
            </div>
          </li>`,
      )}
    </ul>
  </section>`
}

/** The rows to change with their section names. */
export function renderChanges(
  view: View,
  changes: readonly Finding[],
  report: PermissionReport,
): unknown {
  const few = changes.length <= FEW
  return sectionsOf(view, changes).map(
    ({name, findings}) =>
      html`<section class="change-section ${few ? '' : 'dense'}">
        <h4>${name}</h4>
        <ul class="changes">${findings.map((finding) => changeRow(view, finding, few, report))}</ul>
      </section>`,
  )
}

export function renderVerdict(view: View): TemplateResult {
  const {state, words, format} = view
  const {report, candidate} = state
  if (!report) return html``
  if (report.whole !== null) return unreachable(view, report.whole)
  const changes = toChange(report)
  const unclear = toAskAgain(report)
  const missed = missedTables(changes)
  const list = copyText(view, changes)
  const few = changes.length <= FEW
  const actions = html`<div class="actions">
      ${changes.length > 0 ? link(words.openKey, report.editUrl, 'primary', words) : nothing}
      <button
        type="button"
        class=${changes.length > 0 ? 'plain' : 'primary'}
        @click=${() => {
          view.send({type: 'check-again'})
        }}
      >
        ${words.checkAgain}
      </button>
      ${changes.length > 0
        ? html`<button
            type="button"
            class="plain"
            @click=${() => {
              view.copy(list)
            }}
          >
            ${icon('copy')}${view.copied === list ? words.copied : words.copyList}
          </button>`
        : nothing}
    </div>`
  return html`<section class="report" aria-labelledby="verdict-title">
    <div role="status" aria-live="polite">
      <h3 id="verdict-title" class="verdict-title" tabindex="-1">
        ${verdictTitle(view, changes.length, unclear.length)}
      </h3>
    </div>
    <p class="quiet">${changes.length > 0 ? words.changeHow : nothing}</p>
    <p class="quiet"><code>${candidate?.redacted}</code></p>
    ${few ? nothing : html`<p class="quiet">${words.manyHow}</p>${actions}`}
    ${renderChanges(view, changes, report)} ${unclearList(view, unclear)} ${few ? actions : nothing}
    <div class="go-on">
      <p class="quiet">${missed.length > 0 ? words.missOut(format, missed) : words.missNothing}</p>
      <div class="actions">
        <button
          type="button"
          class="text"
          @click=${() => {
            view.send({type: 'go-on'})
          }}
        >
          ${words.goOn}
        </button>
        <button
          type="button"
          class="text"
          @click=${() => {
            view.send({type: 'another-key'})
          }}
        >
          ${words.anotherKey}
        </button>
        <span class="push">${helpButton(view, 'permission_missing')}</span>
      </div>
    </div>
    ${renderLookAt(view, report)} ${renderRight(view, report)}
  </section>`
}
