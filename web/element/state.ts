// What the page knows, and what may be asked of it. Plain data, no DOM; the key
// is in none of it.

import type {
  AnyTableName,
  ErrorCode,
  Figure,
  Finding,
  KeyFieldsVerdict,
  KeyMode,
  PermissionReport,
  PullProgress,
  RowIssueCount,
  TableName,
  TableProgress,
} from '../module/types.js'

export const tableNames: readonly TableName[] = [
  'customers',
  'invoices',
  'payments',
  'subscriptions',
]

/** The element asks for the usual tables alone, and shows no other. */
export const isShown = (table: AnyTableName): table is TableName => (tableNames as readonly string[]).includes(table)

export type Phase =
  /** The two fields are on the page. */
  | 'form'
  /** The key is with the module; permissions are being asked. */
  | 'checking'
  /** The audit has ended and something is to be decided. */
  | 'verdict'
  /** A proven key; rows come or have come. */
  | 'connected'

export interface KeyLabel {
  readonly redacted: string
  readonly mode: KeyMode | null
}

export interface Retry {
  readonly attempt: number
  /** Seconds until the next try by itself. */
  readonly wait: number
}

export interface TableView {
  readonly progress: TableProgress
  /** Rows a second, smoothed; 0 when nothing comes. */
  readonly rate: number
  readonly figures: readonly Figure[]
  /** Rises whenever rows have come or changed. */
  readonly revision: number
}

export interface Connection {
  readonly key: KeyLabel
  /** Milliseconds, as Date.now() counts. */
  readonly since: number
  readonly report: PermissionReport | null
  readonly pull: PullProgress | null
  readonly tables: Readonly<Record<TableName, TableView>>
  readonly issues: readonly RowIssueCount[]
  readonly shown: TableName
  readonly stopped: boolean
  /** Permissions are being asked beside the rows. */
  readonly auditing: boolean
  /** The report has rows to change that the reader has not put aside. */
  readonly standing: boolean
  /** The key as a whole stopped working. */
  readonly failure: ErrorCode | null
}

export interface State {
  readonly module: 'loading' | 'ready' | 'failed'
  readonly phase: Phase
  readonly fields: KeyFieldsVerdict | null
  readonly repairUndone: boolean
  /** Why the last key was turned down, shown above the fields. */
  readonly refused: ErrorCode | null
  /** The key being checked. */
  readonly candidate: KeyLabel | null
  readonly report: PermissionReport | null
  readonly recheck: boolean
  readonly retry: Retry | null
  readonly ticked: ReadonlySet<string>
  readonly connection: Connection | null
  readonly confirmDisconnect: boolean
  readonly createUrl: string
}

export type Request =
  | {readonly type: 'fields'; readonly first: string; readonly second: string}
  | {readonly type: 'undo-repair'}
  | {readonly type: 'redo-repair'}
  | {readonly type: 'connect'; readonly text: string}
  | {readonly type: 'cancel'}
  | {readonly type: 'check-again'}
  | {readonly type: 'go-on'}
  | {readonly type: 'another-key'}
  | {readonly type: 'tick'; readonly permissions: readonly string[]; readonly on: boolean}
  | {readonly type: 'pause'}
  | {readonly type: 'resume'}
  | {readonly type: 'stop'}
  | {readonly type: 'pull-rest'}
  | {readonly type: 'recheck-tables'}
  | {readonly type: 'show'; readonly table: TableName}
  | {readonly type: 'reconnect'}
  | {readonly type: 'keep-old-key'}
  | {readonly type: 'ask-disconnect'}
  | {readonly type: 'keep-connected'}
  | {readonly type: 'disconnect'}
  | {readonly type: 'reload-module'}

/** What the host of the page is told; never holds the key. */
export type Notice =
  | {readonly type: 'key-checked'; readonly detail: KeyCheckedDetail}
  | {readonly type: 'permissions-checked'; readonly detail: PermissionReport}
  | {readonly type: 'progress'; readonly detail: PullProgress}
  | {readonly type: 'rows'; readonly detail: {readonly table: TableName; readonly count: number}}
  | {readonly type: 'connected'; readonly detail: KeyLabel}
  | {readonly type: 'disconnected'; readonly detail: null}
  | {readonly type: 'error'; readonly detail: {readonly code: ErrorCode}}

export interface KeyCheckedDetail {
  readonly ready: boolean
  readonly error: ErrorCode | null
  readonly mode: KeyMode | null
  readonly redacted: string
}

/** Codes that say nothing about the key: the same key may be tried again. */
const passing: ReadonlySet<ErrorCode> = new Set([
  'rate_limited',
  'stripe_down',
  'stripe_unreadable',
  'proxy_down',
  'proxy_misconfigured',
  'network_down',
  'browser_offline',
  'timed_out',
  'internal',
  'not_ready',
])

export function isPassing(code: ErrorCode): boolean {
  return passing.has(code)
}

function emptyTable(table: TableName): TableView {
  return {
    progress: {table, state: 'waiting', rows: 0, share: 0, error: null},
    rate: 0,
    figures: [],
    revision: 0,
  }
}

/** `standing`: rows to change are still to be told, once the report is complete. */
export function newConnection(
  key: KeyLabel,
  since: number,
  shown: TableName,
  report: PermissionReport | null,
  standing: boolean,
): Connection {
  return {
    key,
    since,
    report,
    pull: null,
    tables: {
      customers: emptyTable('customers'),
      invoices: emptyTable('invoices'),
      payments: emptyTable('payments'),
      subscriptions: emptyTable('subscriptions'),
    },
    issues: [],
    shown,
    stopped: false,
    auditing: report?.complete === false,
    standing: standing && report?.complete === true && toChange(report).length > 0,
    failure: null,
  }
}

const weights: readonly Finding['weight'][] = ['blocks', 'missing', 'excess']

/** Every second box of a Connect account is None: one thing to do, of no section's. */
const emptySecondRow: Finding = {
  permission: '',
  column: 'connect',
  section: '',
  label: '',
  verdict: 'missing',
  wanted: 'read',
  shown: 'none',
  weight: 'missing',
  reason: 'second_row_empty',
  implied: false,
  writeUnchecked: false,
  neededByPull: false,
  connectColumn: false,
  offersWrite: false,
  rule: -1,
  tables: [],
  hint: '',
}

/** Rows that the reader has to change in the Dashboard, what blocks most first. */
export function toChange(report: PermissionReport): readonly Finding[] {
  const rows = report.secondRow === 'empty' ? [...report.findings, emptySecondRow] : report.findings
  return weights.flatMap((weight) => rows.filter((row) => row.weight === weight))
}

/** Rows whose probe failed and without which a table cannot be read. */
export function toAskAgain(report: PermissionReport): PermissionReport['findings'] {
  return report.findings.filter(({verdict, neededByPull}) => verdict === 'unchecked' && neededByPull)
}

/** Rows whose probe failed, or is not answered yet. */
export function notChecked(report: PermissionReport): readonly Finding[] {
  return report.findings.filter(({weight}) => weight === 'unchecked')
}

/** Tables that cannot be read while these rows are as they are. */
export function missedTables(findings: readonly Finding[]): readonly TableName[] {
  const missed = new Set(
    findings.flatMap(({verdict, tables}) => (verdict === 'missing' ? tables : [])),
  )
  return tableNames.filter((name) => missed.has(name))
}

/** Rows to read of which it is not known whether they may write as well. */
export function openToWrite(report: PermissionReport): readonly Finding[] {
  return report.findings.filter(
    ({column, shown, wanted, offersWrite}) =>
      column === 'account' && wanted === 'read' && offersWrite && shown === 'read_or_more',
  )
}

export function toLookAt(report: PermissionReport): PermissionReport['findings'] {
  return report.findings.filter(({verdict}) => verdict === 'cannot_be_shown')
}

/** Whether a row that is to be changed stands between the key and this table. */
export function isRefused(report: PermissionReport, table: TableName): boolean {
  return report.findings.some(({verdict, tables}) => verdict === 'missing' && tables.includes(table))
}

/** Nothing to change and nothing left open: the pull may start by itself. */
export function isAllRight(report: PermissionReport): boolean {
  return (
    report.whole === null && toChange(report).length === 0 && toAskAgain(report).length === 0
  )
}

export function isPulling(connection: Connection): boolean {
  return connection.pull !== null && !connection.pull.settled
}
