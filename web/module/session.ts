// The typed session: one user's work with one key.

import type {Table} from './table.js'
import type {
  AnyTableName,
  ChartName,
  ExportOptions,
  Figure,
  KeyFieldsVerdict,
  KeyVerdict,
  Outcome,
  PermissionReport,
  Policy,
  PullBatch,
  PullIteration,
  PullOptions,
  PullProgress,
  RowIssueCount,
  SessionEvent,
} from './types.js'

/** Everything the page may ask of the engine. Implemented over the wasm by `openSession()`. */
export interface Session {
  /** Form only; makes no request. */
  checkKey(text: string): KeyVerdict
  checkFields(first: string, second: string): KeyFieldsVerdict

  /** Takes the key over; the caller forgets its copy. */
  useKey(text: string): Outcome<KeyVerdict>

  /**
   * The key as bytes, once: the second call gives null. From here it is the caller's to send to its own
   * server over TLS, never to store in the page, and to overwrite (`fill(0)`).
   */
  handOverKey(): Uint8Array | null

  /** The Dashboard's create form, filled in (https://dashboard.stripe.com/apikeys/create…). */
  createKeyUrl(live: boolean): string

  /** Probes permissions. `'again'` asks only what was wrong or could not be checked. */
  startAudit(scope: 'everything' | 'again'): Outcome<null>
  report(): PermissionReport

  /** The same as one call. Rejects with a `SessionError`, or with the signal's reason. */
  audit(options?: {readonly scope?: 'everything' | 'again'; readonly signal?: AbortSignal}): Promise<PermissionReport>

  /** Pulls what the key can read (tables refused by the audit settle as refused), by default the usual four. */
  startPull(tables?: readonly AnyTableName[], options?: PullOptions): Outcome<null>
  /**
   * The same as a loop over what comes: `for await (const batch of session.pull())`. Leaving the loop
   * ends the pull. Rejects as `audit()`; a table that fails ends as such in `progress()`.
   */
  pull(tables?: readonly AnyTableName[], options?: PullIteration): AsyncGenerator<PullBatch, void, undefined>
  /**
   * Reads these tables too within the running pull, also those that it met refused and the report allows by
   * now. `not_ready` when none runs.
   */
  addToPull(tables: readonly AnyTableName[]): Outcome<null>
  pause(): void
  resume(): void
  /** Stops the pull at once, or the audit where no pull runs; what came stays. */
  cancel(): void
  progress(): PullProgress
  /**
   * What the last pull covered, to start a later one `since`. Times alone: no key, no id, nothing of
   * a customer. It does not say whose account it is; keep it by account.
   */
  pullPlan(): string

  table(name: AnyTableName): Table
  /** The figures above a table, of its rows by now. */
  metrics(table: AnyTableName): readonly Figure[]
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
  /** What the `.wasm` must hash to (`sha384-…`, from `integrity.json`). It is then compiled once it is all there, and refused when it differs. */
  readonly wasmIntegrity?: string
  /** Audits also ask, by POSTs that can change nothing, whether the key may write. The proxy must allow it. */
  readonly checkWrite?: boolean
  /** Instead of the setup guide's. */
  readonly policy?: Policy
  /** A connected account of the key's platform (`acct_…`); by default the key's own. */
  readonly account?: string
}
