// What stands below the rows to change: what nobody can show from outside, to be
// ticked off by eye, and what is right.

import {html, nothing, type TemplateResult} from 'lit'
import type {Finding, PermissionReport} from '../../module/types.js'
import {toLookAt} from '../state.js'
import {link} from './notice.js'
import {icon, type View} from './view.js'

export interface Section {
  readonly name: string
  readonly findings: readonly Finding[]
}

/** Findings by section, both in the order they came; the second row has sections of its own. */
export function sectionsOf(view: View, findings: readonly Finding[]): readonly Section[] {
  const sections = new Map<string, Finding[]>()
  for (const finding of findings) {
    const name =
      finding.column === 'connect' ? view.words.secondRowOf(finding.section) : finding.section
    const known = sections.get(name)
    if (known) known.push(finding)
    else sections.set(name, [finding])
  }
  return [...sections].map(([name, list]) => ({name, findings: list}))
}

function tick(view: View, id: string, title: string, detail: string): TemplateResult {
  return html`<li>
    <label class="tick">
      <input
        type="checkbox"
        .checked=${view.state.ticked.has(id)}
        @change=${() => {
          view.send({type: 'tick', permission: id})
        }}
      />
      <span><strong>${title}</strong> <span class="quiet">${detail}</span></span>
    </label>
  </li>`
}

/** What no row says by itself: that nothing is set to Write, and the second row. */
function wholeKey(view: View, report: PermissionReport): readonly TemplateResult[] {
  const {words, format} = view
  const open = report.findings.filter(
    ({column, shown, wanted, offersWrite}) =>
      column === 'account' && wanted === 'read' && offersWrite && shown === 'read_or_more',
  )
  const ticks: TemplateResult[] = []
  if (open.length > 0) {
    const labels = format.list(open.map(({label}) => label))
    const which = report.writeChecked ? words.lookWriteOf(labels) : words.lookWriteAll
    ticks.push(tick(view, 'write', words.lookWrite, which))
  }
  if (report.secondRow === 'not_known' || report.secondRow === 'no_accounts') {
    const why = report.secondRow === 'not_known' ? words.lookSecondRow : words.lookSecondRowNone
    ticks.push(tick(view, 'second-row', words.secondRow, why))
  }
  return ticks
}

export function renderLookAt(view: View, report: PermissionReport): unknown {
  const {words, format} = view
  const findings = toLookAt(report)
  const whole = wholeKey(view, report)
  const count = findings.length + whole.length
  if (count === 0) return nothing
  return html`<details class="fold look-at">
    <summary>${icon('chevron')}${words.lookTitle(format, count)}</summary>
    <p class="quiet">
      ${words.lookWhy} ${link(words.openKey, report.editUrl, 'text', words)}
    </p>
    ${whole.length > 0 ? html`<ul class="wide">${whole}</ul>` : nothing}
    ${sectionsOf(view, findings).map(
      ({name, findings: rows}) => html`<h5>${name}</h5>
        <ul>
          ${rows.map(({permission, label, wanted}) =>
            tick(view, permission, label, words.lookAt(wanted)),
          )}
        </ul>`,
    )}
  </details>`
}

/** Claims no more than was shown. */
function rightNote(view: View, {verdict, shown, implied, writeUnchecked}: Finding): string {
  const {words} = view
  if (verdict === 'off') return words.offNote
  if (verdict === 'none') return implied ? words.noneLikely : words.noneShown
  if (shown === 'read') return words.readExactly
  if (writeUnchecked) return words.writeUnanswered
  return implied ? words.readThrough : words.readShown
}

export function renderRight(view: View, report: PermissionReport): unknown {
  const {words, format} = view
  const right = report.findings.filter(({weight}) => weight === 'right')
  if (right.length === 0) return nothing
  return html`<details class="fold right">
    <summary>${icon('chevron')}${words.rightTitle(format, right.length)}</summary>
    ${report.writeChecked ? nothing : html`<p class="quiet">${words.writeNotChecked}</p>`}
    ${sectionsOf(view, right).map(
      ({name, findings}) => html`<h5>${name}</h5>
        <ul class="right-list">
          ${findings.map(
            (finding) =>
              html`<li>
                <span class="badge">${icon('check')}</span><span>${finding.label}</span
                ><span class="quiet">${rightNote(view, finding)}</span>
              </li>`,
          )}
        </ul>`,
    )}
  </details>`
}
