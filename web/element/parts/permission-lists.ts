// What stands below the rows to change: what nobody can show from outside, to be
// ticked off by eye, and what is right.

import {html, nothing, type TemplateResult} from 'lit'
import type {Finding, PermissionReport} from '../../module/types.js'
import {bySection, looks, type Look} from '../report-text.js'
import {link} from './notice.js'
import {icon, type View} from './view.js'

function tick(
  view: View,
  ids: readonly string[],
  title: string,
  detail: string,
): TemplateResult {
  const {ticked} = view.state
  const on = ids.filter((id) => ticked.has(id)).length
  return html`<label class="tick">
    <input
      type="checkbox"
      .checked=${on === ids.length}
      .indeterminate=${on > 0 && on < ids.length}
      @change=${(event: Event) => {
        view.send({type: 'tick', permissions: ids, on: (event.target as HTMLInputElement).checked})
      }}
    />
    <span><strong>${title}</strong> <span class="quiet">${detail}</span></span>
  </label>`
}

const idOf = ({permission, column}: Finding): string => `${permission} ${column}`

function renderLook(view: View, {id, title, detail, rows}: Look): TemplateResult {
  const {words} = view
  if (rows.length === 0) return html`<li>${tick(view, [id], title, detail)}</li>`
  return html`<li>
    ${tick(view, rows.map(idOf), title, detail)}
    <details class="more">
      <summary>${icon('chevron')}${words.lookRows}<span class="hidden"> ${title}</span></summary>
      ${bySection(view, rows).map(
        ({name, findings}) => html`<h5>${name}</h5>
          <ul>
            ${findings.map(
              (row) =>
                html`<li>${tick(view, [idOf(row)], row.label, words.lookAt(row.wanted))}</li>`,
            )}
          </ul>`,
      )}
    </details>
  </li>`
}

/** Short: one line for each rule, whose rows unfold. */
export function renderLookAt(view: View, report: PermissionReport): unknown {
  const {words, format} = view
  const lines = looks(view, report)
  if (lines.length === 0) return nothing
  return html`<details class="fold look-at">
    <summary>${icon('chevron')}${words.lookTitle(format, lines.length)}</summary>
    <p class="quiet">
      ${words.lookWhy} ${link(words.openKey, report.editUrl, 'text', words)}
    </p>
    <ul class="wide">${lines.map((line) => renderLook(view, line))}</ul>
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
    ${bySection(view, right).map(
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
