// The values that the module hands out. Plain data: nothing here needs to be
// freed, and nothing here ever holds the key.

import type {ErrorCode} from './errors.js'

export type {ErrorCode}

/** A failure the page can explain. Words are chosen by `code`, never by `detail`. */
export interface ModuleError {
  readonly code: ErrorCode
  readonly detail: string
}

export type Outcome<T> =
  | {readonly ok: true; readonly value: T}
  | {readonly ok: false; readonly error: ModuleError}

export type KeyMode = 'test' | 'live'

export type KeyRepair =
  | 'spaces'
  | 'line_breaks'
  | 'invisible'
  | 'quotes'
  | 'bearer'
  | 'assignment'
  | 'curl_option'
  | 'percent_encoding'
  | 'punctuation'
  /** `RK_LIVE_`, `rk-live-`: only one spelling is possible. */
  | 'prefix'
  /** The same key twice. */
  | 'repeated'
  /** Other text around the key. */
  | 'words'

/** What can be said of a field's text without asking Stripe. */
export interface KeyVerdict {
  /** null: a restricted key, ready to use. */
  readonly error: ErrorCode | null
  readonly mode: KeyMode | null
  /** `rk_live_••••wXyZ`; empty unless the key is good. Safe to show. */
  readonly redacted: string
  readonly repairs: readonly KeyRepair[]
  readonly length: number
  /** A warning: part of the key may be missing. */
  readonly lengthUnusual: boolean
  readonly badCharacter: string
  /** Counted from 1, in characters of the repaired text. */
  readonly badPosition: number
  /** What an object id belongs to, e.g. `customer`. */
  readonly objectKind: string
  readonly keysFound: number
}

export interface KeyFieldsVerdict {
  readonly first: KeyVerdict
  readonly second: KeyVerdict
  /** Of the two fields together, e.g. `key_in_second_field`. */
  readonly error: ErrorCode | null
  /** Connect may be pressed. */
  readonly ready: boolean
}

export type FindingVerdict =
  | 'read'
  | 'missing'
  | 'excess'
  | 'none'
  | 'off'
  | 'cannot_be_shown'
  | 'unchecked'
  | 'pending'

/** A row of the key's form; in full in src/permission/report.schema.json. */
export interface Finding {
  readonly permission: string
  /** `connect`: the second row, of a Connect account. */
  readonly column: 'account' | 'connect'
  /** As the Dashboard writes them. */
  readonly section: string
  readonly label: string
  readonly verdict: FindingVerdict
  readonly wanted: 'read' | 'none'
  /** No more than the answers have shown. */
  readonly shown: 'nothing' | 'none' | 'read' | 'read_or_more' | 'write'
  /** What to look at first, in this order. */
  readonly weight: 'blocks' | 'missing' | 'excess' | 'unchecked' | 'look' | 'right'
  readonly reason: ErrorCode | null
  /** Another permission opens the same door, so the verdict may be about that one. */
  readonly implied: boolean
  /** Whether it may write was asked and not answered. */
  readonly writeUnchecked: boolean
  readonly neededByPull: boolean
  readonly connectColumn: boolean
  readonly offersWrite: boolean
  /** Index into `sentences`, or -1. */
  readonly rule: number
  /** Tables that cannot be read without it. */
  readonly tables: readonly TableName[]
  /** Stripe's own hint, scrubbed; a support detail. */
  readonly hint: string
}

/** How far the second row of permissions was looked at; `empty` is to be changed. */
export type SecondRow = 'not_asked' | 'not_known' | 'no_accounts' | 'empty' | 'checked'

export interface PermissionReport {
  readonly version: 1
  /** Whose rules: the guide's, or the host's own. */
  readonly policy: string
  /** The policy's sentence for each of its rules. */
  readonly sentences: readonly string[]
  readonly findings: readonly Finding[]
  /** Set when the whole key is in question or nothing could be reached. */
  readonly whole: ErrorCode | null
  readonly answered: number
  readonly asked: number
  readonly complete: boolean
  /** The rows that the four tables need are answered for and right; the rest may still be asked. */
  readonly pullsMayStart: boolean
  /** Whether it was asked if the key may write. */
  readonly writeChecked: boolean
  readonly secondRow: SecondRow
  /** The key's edit page in the Dashboard, or the list of keys. */
  readonly editUrl: string
}

export interface PolicyRule {
  /** As the Dashboard writes them; without, every section. */
  readonly sections?: readonly string[]
  /** Machine names, `customer`; without, every permission. */
  readonly permissions?: readonly string[]
  readonly level: 'read' | 'none' | 'any'
  readonly sentence?: string
}

/** What a key should hold, instead of the setup guide's; the first rule that fits a row counts. */
export interface Policy {
  readonly version: 1
  readonly name?: string
  /** What the create link calls the key. */
  readonly key_name?: string
  readonly rules: readonly PolicyRule[]
  /** The sentence for a Connect account's second row; without, it is not looked at. */
  readonly second_row?: string
}

/** What is pulled unless the host says otherwise. */
export type TableName = 'customers' | 'invoices' | 'payments' | 'subscriptions'

/** Pulled when the host names them; `tables.md` describes the columns of all. */
export type MoreTableName =
  | 'subscription_items'
  | 'invoice_lines'
  | 'charges'
  | 'refunds'
  | 'disputes'
  | 'products'
  | 'prices'
  | 'coupons'
  | 'discounts'
  | 'credit_notes'
  | 'balance_transactions'
  | 'payouts'
export type AnyTableName = TableName | MoreTableName

export type PullState = 'waiting' | 'pulling' | 'complete' | 'partial' | 'refused'

/** One row of the page's progress; payments stand for two of Stripe's lists. */
export interface TableProgress {
  readonly table: AnyTableName
  readonly state: PullState
  readonly rows: number
  /** 0 to 1, of the time range; never falls. */
  readonly share: number
  readonly error: ErrorCode | null
}

/** How a pull may behave. What is left out has the value named. */
export interface PullOptions {
  /** Of the account's known rate limit; the rest is left to its other traffic. 0.8. */
  readonly shareOfLimit?: number
  /** Requests at a time; by default what the connection carries. */
  readonly maxInFlight?: number
  /** The pull stops as `request_cap` there; each `resume()` allows as many again. None. */
  readonly maxRequests?: number
  /** A pull that will probably take more requests is held, `asking`, until `resume()`. Never. */
  readonly askAbove?: number
  /** Bytes of rows; beyond, the pull stops as `too_large`. By what the device has. */
  readonly memoryLimit?: number
  /** `pullPlan()` of an earlier pull of the same account: only what is newer or may have changed. */
  readonly since?: string
  /** Seconds before `since` to read again. 0. */
  readonly lookBack?: number
}

/** Of a pull that is read as it comes. */
export interface PullIteration extends PullOptions {
  /** Ends the pull; what came stays in the tables. */
  readonly signal?: AbortSignal
  /** Of each table; by default all of its columns. */
  readonly columns?: Readonly<Partial<Record<AnyTableName, readonly string[]>>>
}

/**
 * Rows that have come, each once, in the order they came. One that comes again, changed, replaces the
 * table's and is not told twice: `Table.rows()` has the last word.
 */
export interface PullBatch {
  readonly table: AnyTableName
  /** Number of the first row in the order of coming. */
  readonly start: number
  readonly count: number
  readonly columns: Readonly<Record<string, readonly Cell[]>>
}

export interface PullProgress {
  readonly tables: readonly TableProgress[]
  readonly share: number
  readonly rowsPerSecond: number
  /** Seconds, or null until it can be told. */
  readonly remaining: number | null
  /** Why requests wait at the moment, e.g. `rate_limited`. */
  readonly waitingFor: ErrorCode | null
  readonly waitingSeconds: number | null
  /** Sent so far. */
  readonly requests: number
  /** What the whole will take, or null until it can be told. */
  readonly requestsExpected: number | null
  /** Held until `resume()`: see `PullOptions.askAbove`. */
  readonly asking: boolean
  readonly paused: boolean
  readonly settled: boolean
}

export type ColumnType =
  | 'utf8'
  | 'dictionary'
  | 'int64'
  | 'money'
  | 'timestamp'
  | 'bool'
  | 'decimal'

export interface ColumnSchema {
  readonly name: string
  readonly type: ColumnType
  readonly nullable: boolean
  /** For money: the column with the ISO code. */
  readonly currencyColumn: string
}

/** null is "no value". Money in minor units, times in unix seconds. */
export type Cell = string | number | boolean | null

export interface RowRange {
  readonly start: number
  /** One array a requested column, each as long as the range. */
  readonly columns: readonly (readonly Cell[])[]
}

export interface FigureAmount {
  readonly currency: string
  readonly minor: number
  readonly count: number
}

export interface Figure {
  /** Stable, e.g. `customers_new_30_days`. */
  readonly name: string
  readonly isMoney: boolean
  readonly count: number
  /** By currency, the most used first; never added. */
  readonly amounts: readonly FigureAmount[]
  /** Of a chart: when its week or month begins, in unix seconds; else 0. */
  readonly from: number
}

/** Figures by week or month (UTC, newest first), or invoices by state and age. */
export type ChartName =
  | 'revenue_by_week'
  | 'revenue_by_month'
  | 'customers_by_week'
  | 'customers_by_month'
  | 'invoices_by_age'

/** A row passes a filter when each of its conditions holds; one without the value does not. */
export type RowCondition =
  /** Upper and lower case are one; no column is one too many. */
  | {readonly contains: string; readonly columns: readonly string[]}
  /** For columns of type `dictionary`. */
  | {readonly isOneOf: readonly string[]; readonly column: string}
  /** Both included: minor units, unix seconds, 0 and 1. */
  | {readonly from?: number | undefined; readonly to?: number | undefined; readonly column: string}

export interface RowView {
  readonly where?: readonly RowCondition[]
  /** A column; `created` by default. Rows without a value stand last. */
  readonly sort?: string
  readonly descending?: boolean
}

export type ExportFormat = 'csv' | 'json_lines' | 'arrow'

export interface ExportOptions {
  readonly format: ExportFormat
  /** All by default. Money brings its currency column along. */
  readonly columns?: readonly string[]
  /** What the table's view shows, in its order, or everything, newest first. */
  readonly rows?: 'shown' | 'all'
  readonly signal?: AbortSignal
  readonly onProgress?: (done: number, total: number) => void
}

export interface RowIssueCount {
  readonly table: AnyTableName
  readonly code: ErrorCode
  readonly column: string
  readonly count: number
  readonly exampleIds: readonly string[]
}

/** What changed; the reader asks the session for the rest. */
export type SessionEvent =
  | {readonly kind: 'report'}
  | {readonly kind: 'audit-done'}
  | {readonly kind: 'progress'}
  | {readonly kind: 'rows'; readonly table: AnyTableName}
  | {readonly kind: 'table-settled'; readonly table: AnyTableName}
  | {readonly kind: 'pull-done'}
