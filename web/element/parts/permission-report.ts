// The audit: lines per section while answers come, then the verdict as something to
// act on. What is wrong stands first, in the Dashboard's words and order.

import {html, nothing, type TemplateResult} from 'lit'
import type {ErrorCode, Finding, PermissionReport} from '../../module/types.js'
import {besides, bySection, reportText, verdictTitle, whatToDo, type Section} from '../report-text.js'
import {missedTables, notChecked, toChange, type Connection} from '../state.js'
import {errorNotice, helpButton, link} from './notice.js'
import {renderLookAt, renderRight} from './permission-lists.js'
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
  const sections = bySection(
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
  const missing = finding.verdict === 'missing'
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
              ${[whatToDo(view, finding), ...besides(view, finding, report)].join(' ')}
            </p>
            ${more(view, finding, report.sentences)}`
        : nothing}
    </div>
  </li>`
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
                ? html`<p class="quiet">${view.words.error(view.format, reason).title}.</p>`
                : nothing}
            </div>
          </li>`,
      )}
    </ul>
  </section>`
}

/** The rows to change with their section names. */
function renderChanges(
  view: View,
  changes: readonly Finding[],
  report: PermissionReport,
): unknown {
  const few = changes.length <= FEW
  return bySection(view, changes).map(
    ({name, findings}) =>
      html`<section class="change-section ${few ? '' : 'dense'}">
        <h4>${name}</h4>
        <ul class="changes">${findings.map((finding) => changeRow(view, finding, few, report))}</ul>
      </section>`,
  )
}

function verdictActions(view: View, changes: readonly Finding[], {report, busy}: Judged): unknown {
  const {words} = view
  const list = reportText(view, report)
  return html`<div class="actions">
    ${changes.length > 0 ? link(words.openKey, report.editUrl, 'primary', words) : nothing}
    <button
      type="button"
      class=${changes.length > 0 ? 'plain' : 'primary'}
      ?disabled=${busy}
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
}

function goOn(view: View, changes: readonly Finding[]): TemplateResult {
  const {words, format} = view
  const missed = missedTables(changes)
  const choice = (text: string, type: 'go-on' | 'another-key'): TemplateResult =>
    html`<button
      type="button"
      class="text"
      @click=${() => {
        view.send({type})
      }}
    >
      ${text}
    </button>`
  return html`<div class="go-on">
    <p class="quiet">${missed.length > 0 ? words.missOut(format, missed) : words.missNothing}</p>
    <div class="actions">
      ${choice(words.goOn, 'go-on')} ${choice(words.anotherKey, 'another-key')}
      <span class="push">${helpButton(view, 'permission_missing')}</span>
    </div>
  </div>`
}

/** A report to act on. */
interface Judged {
  readonly report: PermissionReport
  /** The key, where the page does not show it already. */
  readonly redacted: string | null
  /** It is being asked again. */
  readonly busy: boolean
}

function verdict(view: View, judged: Judged): TemplateResult {
  const {words} = view
  const {report, redacted} = judged
  const changes = toChange(report)
  const unclear = notChecked(report)
  const few = changes.length <= FEW
  const actions = verdictActions(view, changes, judged)
  return html`<div role="status" aria-live="polite">
      <h3 id="verdict-title" class="verdict-title" tabindex="-1">
        ${verdictTitle(view, changes.length, unclear.length)}
      </h3>
    </div>
    <p class="quiet">${changes.length > 0 ? words.changeHow : nothing}</p>
    ${redacted === null ? nothing : html`<p class="quiet"><code>${redacted}</code></p>`}
    ${few ? nothing : html`<p class="quiet">${words.manyHow}</p>${actions}`}
    ${renderChanges(view, changes, report)} ${unclearList(view, unclear)} ${few ? actions : nothing}
    ${goOn(view, changes)}`
}

export function renderVerdict(view: View): TemplateResult {
  const {report, candidate} = view.state
  if (!report) return html``
  if (report.whole !== null) return unreachable(view, report.whole)
  return html`<section class="report" aria-labelledby="verdict-title">
    ${verdict(view, {report, redacted: candidate?.redacted ?? null, busy: false})}
    ${renderLookAt(view, report)} ${renderRight(view, report)}
  </section>`
}

/** The same rows among the permissions, whether they stand above or were put aside. */
export function renderOpen(view: View, {report, auditing}: Connection): unknown {
  if (!report) return nothing
  const changes = toChange(report)
  // Of an audit that runs still, all that is not answered yet would be here.
  const unclear = auditing ? [] : notChecked(report)
  if (changes.length === 0 && unclear.length === 0) return nothing
  return html`${renderChanges(view, changes, report)} ${unclearList(view, unclear)}
  ${verdictActions(view, changes, {report, redacted: null, busy: auditing})}`
}

/** What is still being asked while rows come already, and what came of it. */
export function renderStanding(view: View, connection: Connection): unknown {
  const {words, format} = view
  const {report, auditing, standing} = connection
  if (!report) return nothing
  const unclear = notChecked(report).length
  // Where it stood while it was asked, so that nothing moves.
  const known = !standing && toChange(report).length === 0
  return html`${auditing
    ? html`<p class="quiet behind" role="status">
        ${icon('dots')}${words.checked(format, report.answered, report.asked)}
      </p>`
    : known
      ? html`<p class="quiet known">${icon(unclear > 0 ? 'half' : 'check')}${verdictTitle(view, 0, unclear)}</p>`
      : nothing}
  ${standing
    ? html`<section class="report standing" aria-labelledby="verdict-title">
        ${verdict(view, {report, redacted: null, busy: auditing})}
      </section>`
    : nothing}`
}
