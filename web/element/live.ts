// A proven key at work: pulls, follows what the session tells, and keeps what the
// page shows of it. No DOM.

import type {Session} from '../module/session.js'
import type {ErrorCode, PermissionReport, PullOptions, SessionEvent, TableName} from '../module/types.js'
import {Rates, type After} from './rates.js'
import {
  isPulling,
  isRefused,
  isShown,
  newConnection,
  tableNames,
  toChange,
  type Connection,
  type KeyLabel,
  type Notice,
  type TableView,
} from './state.js'

const FIGURES_EVERY_MS = 400

/** A pull of more requests is a cost worth asking about. */
const ASK_ABOVE = 2000

export interface LiveParts {
  readonly now: () => number
  readonly after: After
  readonly pullOptions: () => PullOptions
  readonly changed: (connection: Connection) => void
  readonly noticed: (notice: Notice) => void
}

export class Live {
  readonly session: Session
  readonly #parts: LiveParts
  readonly #rates: Rates
  readonly #staleFigures = new Set<TableName>()
  #connection: Connection
  #firstAudit: boolean
  #undoFigures: (() => void) | null = null

  constructor(
    session: Session,
    key: KeyLabel,
    shown: TableName,
    standing: boolean,
    parts: LiveParts,
  ) {
    const report = session.report()
    this.session = session
    this.#parts = parts
    this.#rates = new Rates(parts.now)
    this.#connection = newConnection(key, parts.now(), shown, report, standing)
    this.#firstAudit = !report.complete
  }

  get connection(): Connection {
    return this.#connection
  }

  /** Wipes the key and the rows. Nothing is told any more. */
  dispose(): void {
    this.#undoFigures?.()
    this.#undoFigures = null
    this.session.dispose()
  }

  // --- what the reader asks for -------------------------------------------------

  /** Reads the tables named, or all. */
  pull(tables?: readonly TableName[]): void {
    const options = {askAbove: ASK_ABOVE, ...this.#parts.pullOptions()}
    const started = this.session.startPull(tables, options)
    if (!started.ok) return this.#fail(started.error.code)
    this.#commit({stopped: false, failure: null})
    this.#readProgress()
  }

  pause(): void {
    this.session.pause()
    this.#readProgress()
  }

  resume(): void {
    this.#commit({stopped: false})
    this.session.resume()
    this.#readProgress()
  }

  stop(): void {
    this.#commit({stopped: true})
    this.session.cancel()
    this.#readProgress()
  }

  /** What a stop or a failure left open. */
  pullRest(): void {
    if (isPulling(this.#connection)) return
    const rest = this.#tablesIn('partial', 'waiting')
    if (rest.length === 0) return
    const last = this.#connection.pull?.tables.map(({table}) => table) ?? []
    // The last pull goes on from where it was; an earlier one is gone.
    if (rest.every((table) => last.includes(table))) this.resume()
    else this.pull(rest)
  }

  /** Asks the permissions again that were wrong, beside a pull, then reads what was refused. */
  recheck(): void {
    if (this.#connection.auditing) return
    const started = this.session.startAudit('again')
    if (!started.ok) return this.#fail(started.error.code)
    this.#commit({auditing: true})
  }

  /** The rows to change were seen; they stay in the list of permissions. */
  putAside(): void {
    this.#commit({standing: false})
  }

  show(shown: TableName): void {
    this.#commit({shown})
    this.#refreshFigures(shown)
  }

  // --- what the session tells ---------------------------------------------------

  onEvent(event: SessionEvent): void {
    switch (event.kind) {
      case 'report':
        return this.#commit({report: this.session.report()})
      case 'audit-done':
        return this.#onAuditDone()
      case 'progress':
        return this.#readProgress()
      case 'rows':
        if (isShown(event.table)) this.#onRows(event.table)
        return
      case 'table-settled':
        if (isShown(event.table)) this.#staleFigures.add(event.table)
        this.#readProgress()
        return this.#freshenFigures()
      case 'pull-done':
        return this.#onPullDone()
    }
  }

  #onAuditDone(): void {
    const report = this.session.report()
    const first = this.#firstAudit
    const stands = first || this.#connection.standing
    this.#firstAudit = false
    this.#commit({auditing: false, report, standing: stands && toChange(report).length > 0})
    this.#parts.noticed({type: 'permissions-checked', detail: report})
    if (report.whole !== null) return this.#fail(report.whole)
    if (!first) this.#readAllowed(report)
  }

  /** What was refused and is allowed by now: a running pull takes it in. */
  #readAllowed(report: PermissionReport): void {
    this.#readProgress()
    const tables = this.#tablesIn('refused', 'partial').filter((table) => {
      const {state, error} = this.#connection.tables[table].progress
      return (state === 'refused' || error === 'permission_missing') && !isRefused(report, table)
    })
    if (tables.length === 0) return
    if (!isPulling(this.#connection)) return this.pull(tables)
    const added = this.session.addToPull(tables)
    if (!added.ok) return this.#fail(added.error.code)
    this.#readProgress()
  }

  #onRows(table: TableName): void {
    this.#commitTable(table, (view) => ({...view, revision: view.revision + 1}))
    this.#staleFigures.add(table)
    this.#undoFigures ??= this.#parts.after(FIGURES_EVERY_MS, () => {
      this.#freshenFigures()
    })
    const count = this.session.table(table).rowCount
    this.#parts.noticed({type: 'rows', detail: {table, count}})
  }

  #onPullDone(): void {
    this.#readProgress()
    for (const table of tableNames) this.#staleFigures.add(table)
    this.#freshenFigures()
    this.#commit({issues: this.session.issues()})
    const failure = tableNames
      .map((name) => this.#connection.tables[name].progress.error)
      .find((code) => code !== null && isKeyFailure(code))
    if (failure) this.#fail(failure)
  }

  #readProgress(): void {
    const pull = this.session.progress()
    const tables = {...this.#connection.tables}
    const still = pull.settled || pull.paused
    // A pull of some tables says nothing of the others: they keep what they had.
    for (const progress of pull.tables) {
      if (!isShown(progress.table)) continue
      const rate = still ? 0 : this.#rates.of(progress.table, progress.rows)
      tables[progress.table] = {...tables[progress.table], progress, rate}
    }
    this.#commit({pull, tables})
    this.#parts.noticed({type: 'progress', detail: pull})
  }

  // Figures are arithmetic over whole tables: a few times a second at most.
  #freshenFigures(): void {
    this.#undoFigures?.()
    this.#undoFigures = null
    const {shown} = this.#connection
    if (this.#staleFigures.has(shown)) this.#refreshFigures(shown)
  }

  #refreshFigures(table: TableName): void {
    this.#staleFigures.delete(table)
    const figures = this.session.metrics(table)
    this.#commitTable(table, (view) => ({...view, figures}))
  }

  // --- ground ---------------------------------------------------------------------

  #tablesIn(...states: readonly TableView['progress']['state'][]): readonly TableName[] {
    const {tables} = this.#connection
    return tableNames.filter((name) => states.includes(tables[name].progress.state))
  }

  #fail(code: ErrorCode): void {
    // The audit and the pull beside it may both find that the key has died.
    if (this.#connection.failure === code) return
    this.#commit({failure: code})
    this.#parts.noticed({type: 'error', detail: {code}})
  }

  #commitTable(table: TableName, change: (view: TableView) => TableView): void {
    const {tables} = this.#connection
    this.#commit({tables: {...tables, [table]: change(tables[table])}})
  }

  #commit(change: Partial<Connection>): void {
    this.#connection = {...this.#connection, ...change}
    this.#parts.changed(this.#connection)
  }
}

/** Codes after which no request with this key can succeed. */
function isKeyFailure(code: ErrorCode): boolean {
  return code === 'key_unknown' || code === 'key_expired' || code === 'key_ip_refused'
}
