// The typed session: one user's work with one key.

import type {
  AnyTableName,
  ChartName,
  ColumnSchema,
  ExportOptions,
  Figure,
  KeyFieldsVerdict,
  KeyVerdict,
  Outcome,
  PermissionReport,
  Policy,
  PullOptions,
  PullProgress,
  RowIssueCount,
  RowRange,
  RowView,
  SessionEvent,
} from './types.js'

/** Everything the page may ask of the engine. Implemented over the wasm by `openSession()`. */
export interface Session {
  /** Form only; makes no request. */
  checkKey(text: string): KeyVerdict
  checkFields(first: string, second: string): KeyFieldsVerdict

  /** Takes the key over; the caller forgets its copy. */
  useKey(text: string): Outcome<KeyVerdict>

  /** The Dashboard's create form, filled in (https://dashboard.stripe.com/apikeys/create…). */
  createKeyUrl(live: boolean): string

  /** Probes permissions. `'again'` asks only what was wrong or could not be checked. */
  startAudit(scope: 'everything' | 'again'): Outcome<null>
  report(): PermissionReport

  /** Pulls what the key can read (tables refused by the audit settle as refused), by default the usual four. */
  startPull(tables?: readonly AnyTableName[], options?: PullOptions): Outcome<null>
  pause(): void
  resume(): void
  /** Stops the audit or pull at once; what came stays. */
  cancel(): void
  progress(): PullProgress
  /**
   * What the last pull covered, to start a later one `since`. Times alone: no key, no id, nothing of
   * a customer. It does not say whose account it is; keep it by account.
   */
  pullPlan(): string

  columns(table: AnyTableName): readonly ColumnSchema[]
  rowCount(table: AnyTableName): number
  /** The distinct texts in a column of type `dictionary`, as they came. */
  values(table: AnyTableName, column: string): readonly string[]
  /** Filters and sorts what `rows()` gives from now on, newest first without it. Returns how many rows that is by now. */
  setView(table: AnyTableName, view: RowView): number
  /** Rows `start` to `start + count` of the table's view; fewer at the end. */
  rows(table: AnyTableName, columns: readonly string[], start: number, count: number): RowRange
  figures(table: AnyTableName): readonly Figure[]
  chart(name: ChartName): readonly Figure[]
  issues(): readonly RowIssueCount[]
  /**
   * The table as a file, made bit by bit so that the page never waits. One at a time: a second is refused as
   * `not_ready`. Rejects with the signal's reason when it is aborted.
   */
  export(table: AnyTableName, options: ExportOptions): Promise<Blob>

  /** Decimals of the currency's minor unit, as Stripe counts them. */
  minorUnitDigits(currency: string): number

  /** Called after each batch of answers, at most once a frame and kind. Returns its undo. */
  onEvent(listener: (event: SessionEvent) => void): () => void

  /** Wipes the key and the tables and frees the C++ side. Nothing can be called after. */
  dispose(): void
}

export interface SessionOptions {
  /** Where the proxy stands, e.g. `/stripe`; same origin unless the proxy allows another. */
  readonly proxy: string
  /** The module's `.wasm`; by default beside the script. */
  readonly wasmUrl?: string
  /** Audits also ask, by POSTs that can change nothing, whether the key may write. The proxy must allow it. */
  readonly checkWrite?: boolean
  /** Instead of the setup guide's. */
  readonly policy?: Policy
  /** A connected account of the key's platform (`acct_…`); by default the key's own. */
  readonly account?: string
}
