// What a reader does next, done where nobody sees it while the page has nothing else to do: a browser
// compiles what it runs for the first time, and the first keystrokes and the first rows would wait for that.

import {render} from 'lit'
import type {PullProgress} from '../../module/types.js'
import {newConnection, type Connection} from '../state.js'
import {renderConnectedCard, renderData} from './connected.js'
import {renderKeyForm} from './key-form.js'
import {renderChecking} from './permission-report.js'
import {renderProgress} from './sync-progress.js'
import {renderTools} from './table-tools.js'
import type {View} from './view.js'

const TYPED = 'rk_live_' + 'a'.repeat(99)
const TYPED_TIMES = 2

/** Views of a page that stands otherwise than it does; null when it is too late to rehearse that. */
export interface RehearsalViews {
  readonly typed: (text: string) => View | null
  readonly connected: (connection: Connection) => View | null
}

/** One short step of it with each value. */
export function* rehearsal({typed, connected}: RehearsalViews): Generator<undefined, void> {
  yield* typing(typed)
  yield* connecting(connected)
}

function* typing(viewOf: RehearsalViews['typed']): Generator<undefined, void> {
  const aside = document.createDocumentFragment()
  for (let typed = 0; typed < TYPED_TIMES * TYPED.length; ++typed) {
    const view = viewOf(TYPED.slice(0, 1 + (typed % TYPED.length)))
    if (!view) return
    render(renderKeyForm(view), aside)
    yield
  }
}

const justBegun: PullProgress = {
  tables: [],
  share: 0,
  rowsPerSecond: 1,
  remaining: 1,
  waitingFor: null,
  waitingSeconds: null,
  requests: 0,
  requestsExpected: null,
  asking: false,
  paused: false,
  settled: false,
}

function* connecting(viewOf: RehearsalViews['connected']): Generator<undefined, void> {
  const shown = 'customers'
  const connection: Connection = {
    ...newConnection({redacted: '', mode: null}, 0, shown, null, false),
    pull: justBegun,
  }
  const steps: readonly ((view: View) => unknown)[] = [
    renderChecking,
    (view) => renderConnectedCard(view, connection),
    (view) => renderProgress(view, connection),
    (view) => renderData(view, connection, {shownRows: null, permissions: false}),
    (view) => renderTools(view, connection, shown, 0),
    (view) => renderData(view, connection, {shownRows: 0, permissions: true}),
    ({format}) => [format.money(0, 'usd'), format.date(0)],
  ]
  for (const step of steps) {
    const view = viewOf(connection)
    if (!view) return
    render(step(view), document.createDocumentFragment())
    yield
  }
}
