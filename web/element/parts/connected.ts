// A proven key: whose it is, what came of it, and the way back.

import {html, nothing, type TemplateResult} from 'lit'
import type {RowIssueCount, TableName} from '../../module/types.js'
import {isFiltered} from '../grid-tools.js'
import {tableNames, toChange, type Connection} from '../state.js'
import {renderChart} from './charts.js'
import {renderFigures} from './metric-cards.js'
import {errorNotice, helpButton, link, notice} from './notice.js'
import {renderLookAt, renderRight} from './permission-lists.js'
import {renderOpen, renderStanding} from './permission-report.js'
import {renderProgress} from './sync-progress.js'
import {renderNoMatch, renderTools} from './table-tools.js'
import {icon, type View} from './view.js'

function confirmDisconnect(view: View): TemplateResult {
  const {words} = view
  return notice(
    'warn',
    words.disconnectTitle,
    words.disconnectSure,
    html`<button
        type="button"
        class="danger small"
        @click=${() => {
          view.send({type: 'disconnect'})
        }}
      >
        ${words.disconnectYes}
      </button>
      <button
        type="button"
        class="plain small"
        @click=${() => {
          view.send({type: 'keep-connected'})
        }}
      >
        ${words.keepConnected}
      </button>`,
  )
}

export function renderConnectedCard(view: View, connection: Connection): TemplateResult {
  const {words, format, state} = view
  const {key, since, failure, standing} = connection
  const doubt = failure !== null || standing
  return html`<section class="connected" aria-label=${words.connectedTitle}>
    <div class="connected-head">
      <span class="badge ${doubt ? 'warn' : 'good'}">${icon(doubt ? 'warn' : 'check')}</span>
      <div class="connected-text">
        <h2 class="connected-title" tabindex="-1" id="connected-title">${words.connectedTitle}</h2>
        <p class="quiet">
          <code>${key.redacted}</code>
          <span class="tag ${key.mode ?? ''}">${key.mode === 'test' ? words.test : words.live}</span>
          <span>${words.connectedSince(format.moment(Math.floor(since / 1000)))}</span>
        </p>
      </div>
      <div class="actions tight">
        <button
          type="button"
          class="plain small"
          @click=${() => {
            view.send({type: 'reconnect'})
          }}
        >
          ${words.reconnect}
        </button>
        <button
          type="button"
          class="text"
          @click=${() => {
            view.send({type: 'ask-disconnect'})
          }}
        >
          ${words.disconnect}
        </button>
        ${helpButton(view, null)}
      </div>
    </div>
    <div role="status" aria-live="polite">
      ${failure
        ? errorNotice(view, failure, 'bad', {}, (step) =>
            step === 'help' ? helpButton(view, failure, words.help) : nothing,
          )
        : nothing}
    </div>
    ${state.confirmDisconnect ? confirmDisconnect(view) : nothing}
    ${renderStanding(view, connection)}
  </section>`
}

function permissions(view: View, connection: Connection): unknown {
  const {words, format} = view
  const {report} = connection
  if (!report || report.findings.length === 0) return nothing
  const changes = toChange(report).length
  return html`<details class="fold">
    <summary>
      ${icon('chevron')}${words.permissions}
      ${changes > 0
        ? html`<span class="tag warn">${words.sectionWrong(format, changes)}</span>`
        : nothing}
    </summary>
    <div class="fold-body">
      ${renderOpen(view, connection)} ${renderLookAt(view, report)} ${renderRight(view, report)}
    </div>
  </details>`
}

function tab(view: View, connection: Connection, name: TableName): TemplateResult {
  const {words, format} = view
  const {progress} = connection.tables[name]
  const selected = connection.shown === name
  const mark =
    progress.state === 'refused'
      ? icon('cross')
      : progress.state === 'partial'
        ? icon('half')
        : nothing
  return html`<button
    type="button"
    role="tab"
    id="tab-${name}"
    class="tab ${progress.state}"
    aria-selected=${selected ? 'true' : 'false'}
    aria-controls="table-panel"
    tabindex=${selected ? 0 : -1}
    @click=${() => {
      view.send({type: 'show', table: name})
    }}
  >
    <span class="tab-name">${view.words.rowsOf(name)}</span>
    <span class="tab-count"
      >${mark}${mark === nothing
        ? format.count(progress.rows)
        : html`<span class="hidden">${words.tableState(progress.state)}</span>${progress.state ===
            'partial'
              ? format.count(progress.rows)
              : nothing}`}</span
    >
  </button>`
}

function onTabKey(view: View, connection: Connection, event: KeyboardEvent): void {
  const steps: Record<string, number> = {ArrowRight: 1, ArrowLeft: -1}
  const step = steps[event.key]
  if (step === undefined) return
  event.preventDefault()
  const place = tableNames.indexOf(connection.shown)
  const next = tableNames[(place + step + tableNames.length) % tableNames.length]
  if (!next) return
  view.send({type: 'show', table: next})
  const root = (event.currentTarget as HTMLElement).getRootNode() as ShadowRoot
  root.querySelector<HTMLElement>(`#tab-${next}`)?.focus()
}

function tableNote(view: View, connection: Connection, name: TableName): unknown {
  const {words, format} = view
  const {progress} = connection.tables[name]
  const {state, error, rows, share} = progress
  if (state === 'refused') {
    const labels = (connection.report?.findings ?? [])
      .filter(({verdict, tables}) => verdict === 'missing' && tables.includes(name))
      .map(({label}) => label)
    const isPermission = error === null || error === 'permission_missing'
    return notice(
      'bad',
      words.refusedTitle(name),
      isPermission
        ? words.refusedTable(format, name, labels)
        : words.error(format, error, {table: name}).body,
      html`<button
          type="button"
          class="small"
          ?disabled=${connection.auditing}
          @click=${() => {
            view.send({type: 'recheck-tables'})
          }}
        >
          ${words.checkAgain}
        </button>
        ${connection.report ? link(words.openKey, connection.report.editUrl, 'plain small', words) : nothing}`,
    )
  }
  if (state !== 'partial') return nothing
  const why = error === null ? nothing : words.error(format, error, {table: name})
  return notice(
    'warn',
    words.partialTable(format, rows, format.share(share)),
    why === nothing ? nothing : `${why.title}. ${why.body}`,
  )
}

function issueNote(view: View, issues: readonly RowIssueCount[]): unknown {
  const {words, format} = view
  if (issues.length === 0) return nothing
  const total = issues.reduce((sum, {count}) => sum + count, 0)
  return html`<details class="fold issues">
    <summary>${icon('chevron')}${words.issues(format, total)}</summary>
    <ul class="fold-body">
      ${issues.map(
        ({code, count, column, exampleIds}) =>
          html`<li>
            ${words.issue(format, code, count, column)}
            ${exampleIds.length > 0
              ? html`<span class="quiet"><code>${exampleIds.join(', ')}</code></span>`
              : nothing}
          </li>`,
      )}
    </ul>
  </details>`
}

function body(view: View, connection: Connection, shown: number): TemplateResult {
  const name = connection.shown
  const table = connection.tables[name]
  const {words} = view
  const {state, rows} = table.progress
  if (state === 'refused' && rows === 0) return html``
  if (state === 'complete' && rows === 0) {
    return html`<div class="empty">
      <p class="empty-title">${words.none(name)}</p>
      <p class="quiet">${words.noneWhy(name)}</p>
    </div>`
  }
  const isNoMatch = shown === 0 && isFiltered(view.tools.of(name).filter)
  return html`${renderChart(view, name)} ${renderTools(view, connection, name, shown)}
    ${isNoMatch ? renderNoMatch(view, name) : nothing}
    <div
      class="grid"
      part="grid"
      role="grid"
      tabindex="0"
      ?hidden=${isNoMatch}
      aria-label=${words.rowsOf(name)}
      aria-busy=${state === 'pulling' && rows === 0 ? 'true' : 'false'}
    ></div>`
}

/** What there is to see of an account's data. */
export interface DataParts {
  /** Of the table in view, those that the filter lets through; null: what stands above them alone. */
  readonly shownRows: number | null
  readonly permissions: boolean
}

export function renderData(view: View, connection: Connection, parts: DataParts): TemplateResult {
  const {shownRows} = parts
  const {words} = view
  const {shown} = connection
  const table = connection.tables[shown]
  const issues = connection.issues.filter((issue) => issue.table === shown)
  const refused = table.progress.state === 'refused' && table.progress.rows === 0
  return html`<div class="data" part="data">
    ${renderProgress(view, connection)}
    <section class="tables">
      <div
        class="tabs"
        role="tablist"
        aria-label=${words.connectedTitle}
        @keydown=${(event: KeyboardEvent) => {
          onTabKey(view, connection, event)
        }}
      >
        ${tableNames.map((name) => tab(view, connection, name))}
      </div>
      <div id="table-panel" class="panel" role="tabpanel" aria-labelledby="tab-${shown}">
        <div role="status" aria-live="polite">${tableNote(view, connection, shown)}</div>
        ${refused ? nothing : renderFigures(view, shown, table.figures)}
        ${shownRows === null ? nothing : html`${body(view, connection, shownRows)} ${issueNote(view, issues)}`}
      </div>
    </section>
    ${parts.permissions ? permissions(view, connection) : nothing}
  </div>`
}
