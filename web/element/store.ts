// The page's state machine: requests in, state out. Drives at most two sessions
// (the one that is connected and the one that tries a new key) and commits a
// step only when the session has confirmed it. No DOM; the key passes through
// `connect` and is kept nowhere here.

import type {Session} from '../module/session.js'
import type {
  ErrorCode,
  KeyVerdict,
  SessionEvent,
  TableName,
} from '../module/types.js'
import {
  emptyTable,
  isAllRight,
  isPassing,
  isPulling,
  tableNames,
  type Connection,
  type KeyLabel,
  type Notice,
  type Request,
  type State,
  type TableView,
} from './state.js'

export interface StoreParts {
  readonly openSession: () => Promise<Session>
  /** Milliseconds, as Date.now(). */
  readonly now: () => number
  /** Calls once after so many milliseconds; returns its undo. */
  readonly after: (milliseconds: number, call: () => void) => () => void
}

const FIGURES_EVERY_MS = 400
const RATE_EVERY_MS = 1000
const RETRY_WAITS_S = [5, 10, 20, 40, 60]

const start: State = {
  module: 'loading',
  phase: 'form',
  fields: null,
  repairUndone: false,
  refused: null,
  candidate: null,
  report: null,
  recheck: false,
  retry: null,
  ticked: new Set(),
  connection: null,
  confirmDisconnect: false,
  createUrl: '',
}

/** Rows as the grid reads them: the connected session's, without its commands. */
export type RowSource = Pick<Session, 'columns' | 'rowCount' | 'rows' | 'minorUnitDigits'>

export class Store {
  readonly #parts: StoreParts
  readonly #listeners = new Set<(state: State) => void>()
  readonly #noticed: (notice: Notice) => void
  #state: State = start
  #candidate: Session | null = null
  #active: Session | null = null
  #opening = 0
  #undoRetry: (() => void) | null = null
  #undoFigures: (() => void) | null = null
  #staleFigures = new Set<TableName>()
  #samples = new Map<TableName, {at: number; rows: number}>()
  #lastChecked = ''

  constructor(parts: StoreParts, noticed: (notice: Notice) => void = () => undefined) {
    this.#parts = parts
    this.#noticed = noticed
  }

  getState(): State {
    return this.#state
  }

  subscribe(listener: (state: State) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** The connected session's rows, or null. */
  get rows(): RowSource | null {
    return this.#active
  }

  /** Any session will do to count decimals. */
  minorUnitDigits(currency: string): number {
    return (this.#active ?? this.#candidate)?.minorUnitDigits(currency) ?? 2
  }

  /** Loads the module, so that the first keystroke is answered at once. */
  start(): void {
    if (!this.#candidate && !this.#active) void this.#open()
  }

  /** Wipes everything; the store can be started again. */
  close(): void {
    this.#opening++
    this.#stopTimers()
    this.#candidate?.dispose()
    this.#active?.dispose()
    this.#candidate = null
    this.#active = null
    this.#state = start
  }

  dispatch(request: Request): void {
    switch (request.type) {
      case 'fields':
        return this.#checkFields(request.first, request.second)
      case 'undo-repair':
        return this.#commit({repairUndone: true})
      case 'redo-repair':
        return this.#commit({repairUndone: false})
      case 'connect':
        return this.#connect(request.text)
      case 'cancel':
        return this.#cancelCheck()
      case 'check-again':
        return this.#audit(this.#state.report?.whole === null ? 'again' : 'everything')
      case 'go-on':
        return this.#state.phase === 'verdict' ? this.#adopt() : undefined
      case 'another-key':
        return this.#toForm(null)
      case 'tick':
        return this.#tick(request.permission)
      case 'pause':
        this.#active?.pause()
        return this.#readProgress()
      case 'resume':
        this.#active?.resume()
        return this.#readProgress()
      case 'stop':
        return this.#stopPull()
      case 'pull-rest':
        return this.#pullRest()
      case 'recheck-tables':
        return this.#recheckTables()
      case 'show':
        return this.#show(request.table)
      case 'reconnect':
        return this.#state.connection ? this.#toForm(null) : undefined
      case 'keep-old-key':
        return this.#keepOldKey()
      case 'ask-disconnect':
        return this.#commit({confirmDisconnect: true})
      case 'keep-connected':
        return this.#commit({confirmDisconnect: false})
      case 'disconnect':
        return this.#disconnect()
      case 'reload-module':
        this.#commit({module: 'loading'})
        return void this.#open()
    }
  }

  // --- the module and the form ------------------------------------------------

  async #open(): Promise<void> {
    const turn = ++this.#opening
    try {
      const session = await this.#parts.openSession()
      // Closed or disconnected meanwhile: this one is not wanted any more.
      if (turn !== this.#opening) return session.dispose()
      this.#candidate = session
      session.onEvent((event) => {
        this.#onEvent(session, event)
      })
      this.#commit({module: 'ready', createUrl: session.createKeyUrl(true)})
    } catch {
      if (turn !== this.#opening) return
      this.#commit({module: 'failed'})
      this.#noticed({type: 'error', detail: {code: 'internal'}})
    }
  }

  #checkFields(first: string, second: string): void {
    if (!this.#candidate || this.#state.phase !== 'form') return
    const fields = this.#candidate.checkFields(first, second)
    const touched = first !== '' || second !== ''
    this.#commit({
      fields,
      repairUndone: false,
      refused: touched ? null : this.#state.refused,
    })
    const {ready, error} = fields
    const {mode, redacted} = fields.first
    const said = JSON.stringify([ready, error, mode, redacted])
    if (said === this.#lastChecked) return
    this.#lastChecked = said
    this.#noticed({type: 'key-checked', detail: {ready, error, mode, redacted}})
  }

  #connect(text: string): void {
    const {phase, fields, repairUndone} = this.#state
    if (phase !== 'form' || !this.#candidate || !fields?.ready || repairUndone) return
    const taken = this.#candidate.useKey(text)
    if (!taken.ok) return this.#fail(taken.error.code)
    this.#commit({candidate: label(taken.value), fields: null, refused: null})
    this.#audit('everything')
  }

  #tick(permission: string): void {
    const ticked = new Set(this.#state.ticked)
    if (!ticked.delete(permission)) ticked.add(permission)
    this.#commit({ticked})
  }

  /** Back to empty fields, with a fresh session; data of a connection stays. */
  #toForm(refused: ErrorCode | null): void {
    this.#stopRetry()
    this.#candidate?.dispose()
    this.#candidate = null
    this.#lastChecked = ''
    this.#commit({
      phase: 'form',
      fields: null,
      repairUndone: false,
      refused,
      candidate: null,
      report: null,
      recheck: false,
      ticked: new Set(),
      confirmDisconnect: false,
    })
    void this.#open()
  }

  // --- the audit ----------------------------------------------------------------

  #audit(scope: 'everything' | 'again'): void {
    this.#stopRetry()
    if (!this.#candidate) return
    const started = this.#candidate.startAudit(scope)
    if (!started.ok) return this.#fail(started.error.code)
    this.#commit({
      phase: 'checking',
      recheck: scope === 'again',
      report: this.#candidate.report(),
    })
  }

  #cancelCheck(): void {
    if (this.#state.phase !== 'checking' && this.#state.phase !== 'verdict') return
    this.#candidate?.cancel()
    if (this.#state.connection) this.#keepOldKey()
    else this.#toForm(null)
  }

  #auditDone(session: Session): void {
    // Cancelling ends an audit too; by then the page is elsewhere.
    if (this.#state.phase !== 'checking') return
    const report = session.report()
    this.#noticed({type: 'permissions-checked', detail: report})
    if (report.whole !== null && !isPassing(report.whole)) {
      this.#noticed({type: 'error', detail: {code: report.whole}})
      return this.#toForm(report.whole)
    }
    this.#commit({report})
    if (isAllRight(report)) return this.#adopt()
    this.#commit({phase: 'verdict'})
    if (report.whole !== null) {
      this.#noticed({type: 'error', detail: {code: report.whole}})
      this.#scheduleRetry()
    }
  }

  #scheduleRetry(): void {
    const attempt = this.#retries++
    const wait = RETRY_WAITS_S[attempt]
    if (wait === undefined) return
    const count = (left: number): void => {
      if (left === 0) return this.#audit('everything')
      this.#commit({retry: {attempt, wait: left}})
      this.#undoRetry = this.#parts.after(1000, () => {
        count(left - 1)
      })
    }
    count(wait)
  }
  #retries = 0

  #stopRetry(): void {
    this.#undoRetry?.()
    this.#undoRetry = null
    if (this.#state.retry) this.#commit({retry: null})
  }

  // --- the connection --------------------------------------------------------

  /** The candidate is proven, or the reader goes on with what it can read. */
  #adopt(): void {
    const session = this.#candidate
    const key = this.#state.candidate
    if (!session || !key) return
    this.#stopTimers()
    this.#active?.dispose()
    this.#active = session
    this.#candidate = null
    this.#retries = 0
    this.#samples.clear()
    this.#commit({
      phase: 'connected',
      candidate: null,
      report: null,
      refused: null,
      retry: null,
      connection: {
        key,
        since: this.#parts.now(),
        report: session.report(),
        pull: null,
        tables: {
          customers: emptyTable('customers'),
          invoices: emptyTable('invoices'),
          payments: emptyTable('payments'),
          subscriptions: emptyTable('subscriptions'),
        },
        issues: [],
        shown: this.#state.connection?.shown ?? 'customers',
        stopped: false,
        rechecking: false,
        failure: null,
      },
    })
    this.#noticed({type: 'connected', detail: key})
    this.#pull(undefined)
  }

  #pull(tables: readonly TableName[] | undefined): void {
    if (!this.#active) return
    const started = this.#active.startPull(tables)
    if (!started.ok) return this.#fail(started.error.code)
    this.#commitConnection({stopped: false, failure: null})
    this.#readProgress()
  }

  #stopPull(): void {
    if (!this.#active) return
    this.#commitConnection({stopped: true})
    this.#active.cancel()
    this.#readProgress()
  }

  #pullRest(): void {
    const {connection} = this.#state
    if (!connection || isPulling(connection)) return
    const rest = tableNames.filter((name) => {
      const {state} = connection.tables[name].progress
      return state === 'partial' || state === 'waiting'
    })
    if (rest.length > 0) this.#pull(rest)
  }

  #recheckTables(): void {
    const {connection} = this.#state
    if (!connection || !this.#active || isPulling(connection)) return
    const started = this.#active.startAudit('again')
    if (!started.ok) return this.#fail(started.error.code)
    this.#commitConnection({rechecking: true})
  }

  #recheckDone(session: Session): void {
    const {connection} = this.#state
    if (!connection?.rechecking) return
    const report = session.report()
    this.#commitConnection({rechecking: false, report})
    this.#noticed({type: 'permissions-checked', detail: report})
    if (report.whole !== null) return this.#commitConnection({failure: report.whole})
    const refused = tableNames.filter(
      (name) => connection.tables[name].progress.state === 'refused',
    )
    if (refused.length > 0) this.#pull(refused)
  }

  #show(shown: TableName): void {
    this.#commitConnection({shown})
    this.#refreshFigures(shown)
  }

  #keepOldKey(): void {
    if (!this.#state.connection) return
    this.#stopRetry()
    this.#opening++
    this.#candidate?.dispose()
    this.#candidate = null
    this.#commit({
      phase: 'connected',
      module: 'ready',
      fields: null,
      refused: null,
      candidate: null,
      report: null,
    })
  }

  #disconnect(): void {
    this.#stopTimers()
    this.#active?.dispose()
    this.#active = null
    this.#staleFigures.clear()
    this.#commit({connection: null})
    this.#toForm(null)
    this.#noticed({type: 'disconnected', detail: null})
  }

  // --- what the sessions tell --------------------------------------------------

  #onEvent(session: Session, event: SessionEvent): void {
    if (session === this.#active) return this.#onActiveEvent(session, event)
    if (session !== this.#candidate) return
    if (event.kind === 'report') this.#commit({report: session.report()})
    else if (event.kind === 'audit-done') this.#auditDone(session)
  }

  #onActiveEvent(session: Session, event: SessionEvent): void {
    switch (event.kind) {
      case 'report':
        return this.#commitConnection({report: session.report()})
      case 'audit-done':
        return this.#recheckDone(session)
      case 'progress':
        return this.#readProgress()
      case 'rows':
        return this.#onRows(session, event.table)
      case 'table-settled':
        this.#staleFigures.add(event.table)
        this.#readProgress()
        return this.#freshenFigures()
      case 'pull-done':
        return this.#onPullDone(session)
    }
  }

  #onRows(session: Session, table: TableName): void {
    this.#commitTable(table, (view) => ({...view, revision: view.revision + 1}))
    this.#staleFigures.add(table)
    this.#undoFigures ??= this.#parts.after(FIGURES_EVERY_MS, () => {
      this.#freshenFigures()
    })
    this.#noticed({type: 'rows', detail: {table, count: session.rowCount(table)}})
  }

  #onPullDone(session: Session): void {
    this.#readProgress()
    for (const table of tableNames) this.#staleFigures.add(table)
    this.#freshenFigures()
    const {connection} = this.#state
    if (!connection) return
    const failure =
      tableNames
        .map((name) => connection.tables[name].progress.error)
        .find((code) => code !== null && isKeyFailure(code)) ?? null
    this.#commitConnection({issues: session.issues(), failure})
    if (failure !== null) this.#noticed({type: 'error', detail: {code: failure}})
  }

  #readProgress(): void {
    const {connection} = this.#state
    if (!connection || !this.#active) return
    const pull = this.#active.progress()
    const tables = {...connection.tables}
    // A pull of some tables says nothing of the others: they keep what they had.
    for (const progress of pull.tables) {
      const view = tables[progress.table]
      const rate = pull.settled || pull.paused ? 0 : this.#rate(progress.table, progress.rows, view.rate)
      tables[progress.table] = {...view, progress, rate}
    }
    this.#commitConnection({pull, tables})
    this.#noticed({type: 'progress', detail: pull})
  }

  /** Rows a second over about the last second, smoothed by half. */
  #rate(table: TableName, rows: number, before: number): number {
    const at = this.#parts.now()
    const sample = this.#samples.get(table)
    if (!sample || rows < sample.rows) {
      this.#samples.set(table, {at, rows})
      return 0
    }
    const passed = at - sample.at
    if (passed < RATE_EVERY_MS) return before
    this.#samples.set(table, {at, rows})
    const measured = ((rows - sample.rows) * 1000) / passed
    return before === 0 ? measured : (before + measured) / 2
  }

  // Figures are arithmetic over whole tables: a few times a second at most.
  #freshenFigures(): void {
    this.#undoFigures?.()
    this.#undoFigures = null
    const shown = this.#state.connection?.shown
    for (const table of this.#staleFigures) {
      if (table === shown) this.#refreshFigures(table)
    }
  }

  #refreshFigures(table: TableName): void {
    if (!this.#active) return
    this.#staleFigures.delete(table)
    const figures = this.#active.figures(table)
    this.#commitTable(table, (view) => ({...view, figures}))
  }

  // --- ground --------------------------------------------------------------------

  #fail(code: ErrorCode): void {
    this.#noticed({type: 'error', detail: {code}})
    if (this.#state.phase === 'connected') this.#commitConnection({failure: code})
    else this.#toForm(code)
  }

  #stopTimers(): void {
    this.#undoRetry?.()
    this.#undoRetry = null
    this.#undoFigures?.()
    this.#undoFigures = null
  }

  #commitTable(table: TableName, change: (view: TableView) => TableView): void {
    const {connection} = this.#state
    if (!connection) return
    const tables = {...connection.tables, [table]: change(connection.tables[table])}
    this.#commitConnection({tables})
  }

  #commitConnection(change: Partial<Connection>): void {
    const {connection} = this.#state
    if (connection) this.#commit({connection: {...connection, ...change}})
  }

  #commit(change: Partial<State>): void {
    this.#state = {...this.#state, ...change}
    for (const listener of this.#listeners) listener(this.#state)
  }
}

function label(verdict: KeyVerdict): KeyLabel {
  return {redacted: verdict.redacted, mode: verdict.mode}
}

/** Codes after which no request with this key can succeed. */
function isKeyFailure(code: ErrorCode): boolean {
  return code === 'key_unknown' || code === 'key_expired' || code === 'key_ip_refused'
}

