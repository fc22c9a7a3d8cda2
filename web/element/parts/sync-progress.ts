// Four rows, one for each table, and one line for the whole.

import {html, nothing, type TemplateResult} from 'lit'
import type {PullProgress, TableName} from '../../module/types.js'
import {isPulling, tableNames, type Connection, type TableView} from '../state.js'
import {cssom, icon, type IconName, type View} from './view.js'

const icons: Record<TableView['progress']['state'], IconName> = {
  waiting: 'dots',
  pulling: 'dots',
  complete: 'check',
  partial: 'half',
  refused: 'cross',
}

function row(view: View, name: TableName, table: TableView): TemplateResult {
  const {words, format} = view
  const {state, rows, share} = table.progress
  const done = state === 'complete' || state === 'refused'
  const counted = state === 'refused' ? NONE : format.count(rows)
  const note =
    state === 'pulling' && table.rate >= 1
      ? words.perSecond(format, table.rate)
      : state === 'pulling'
        ? words.shareOf(format.share(share))
        : words.tableState(state)
  return html`<li class="pull-row ${state}">
    <span class="badge">${icon(icons[state])}</span>
    <span class="pull-name">${words.rowsOf(name)}</span>
    <span class="pull-count">${counted}</span>
    <div class="bar" ${cssom({'--share': String(done ? 1 : share)})}><span></span></div>
    <span class="pull-note quiet">${note}</span>
  </li>`
}

const NONE = '\u2013'

/** All rows, the speed, the time left: or why nothing moves. */
function wholeLine(view: View, connection: Connection, pull: PullProgress): string {
  const {words, format} = view
  const total = tableNames.reduce((sum, name) => sum + connection.tables[name].progress.rows, 0)
  if (pull.asking) return words.ask(format, pull.requestsExpected ?? pull.requests, pull.requests)
  const pieces = [words.rowsSoFar(format, total)]
  if (!pull.settled && !pull.paused) {
    if (pull.waitingFor === 'rate_limited') {
      pieces.push(words.waitingFor(format, pull.waitingSeconds))
    } else if (pull.waitingFor !== null) {
      pieces.push(words.waitingForNetwork)
    } else {
      if (pull.rowsPerSecond >= 1) pieces.push(words.perSecond(format, pull.rowsPerSecond))
      if (pull.remaining !== null) pieces.push(words.timeLeft(format, pull.remaining))
    }
  }
  return pieces.join(' \u00b7 ')
}

export function pullTitle(view: View, connection: Connection): string {
  const {words} = view
  const {pull} = connection
  if (!pull) return words.pulling
  if (pull.asking) return words.askTitle
  if (pull.paused && !pull.settled) return words.paused
  if (!pull.settled) return words.pulling
  if (connection.stopped) return words.stopped
  return allComplete(connection) ? words.pulled : words.incomplete
}

export function allComplete(connection: Connection): boolean {
  return tableNames.every((name) => connection.tables[name].progress.state === 'complete')
}

function button(
  view: View,
  label: string,
  type: 'pause' | 'resume' | 'stop' | 'pull-rest' | 'recheck-tables',
  look = 'small',
): TemplateResult {
  return html`<button
    type="button"
    class=${look}
    @click=${() => {
      view.send({type})
    }}
  >
    ${label}
  </button>`
}

export function renderProgress(view: View, connection: Connection): unknown {
  const {words} = view
  const {pull} = connection
  if (!pull) return nothing
  const pulling = isPulling(connection)
  const rest = tableNames.some((name) =>
    ['partial', 'waiting'].includes(connection.tables[name].progress.state),
  )
  return html`<section class="pull" part="progress" aria-label=${words.progress}>
    <div class="pull-head">
      <div>
        <div role="status" aria-live="polite"><h3>${pullTitle(view, connection)}</h3></div>
        <p class="quiet whole-line">${wholeLine(view, connection, pull)}</p>
      </div>
      <div class="actions tight">
        ${pulling && !pull.paused ? button(view, words.pause, 'pause') : nothing}
        ${pulling && pull.paused
          ? pull.asking
            ? button(view, words.readAll, 'resume', 'primary small')
            : button(view, words.resume, 'resume')
          : nothing}
        ${pulling ? button(view, words.stop, 'stop') : nothing}
        ${!pulling && rest && connection.failure === null
          ? button(view, words.pullRest, 'pull-rest', 'primary small')
          : nothing}
      </div>
    </div>
    <ul class="pull-rows">
      ${tableNames.map((name) => row(view, name, connection.tables[name]))}
    </ul>
  </section>`
}
