// What the reader chose to see of each table: filter, order, columns. No DOM; the
// module does the filtering and sorting.

import type {ColumnSchema, RowCondition, RowView, TableName} from '../module/types.js'
import type {After} from './rates.js'

export interface Filter {
  readonly text: string
  readonly statuses: readonly string[]
  /** 2026-01-31, as a date field gives it; the reader's own days. */
  readonly from: string
  readonly to: string
  /** In units of `currency`, as typed. */
  readonly low: string
  readonly high: string
  readonly currency: string
}

export interface Choice {
  readonly filter: Filter
  readonly sort: string
  readonly descending: boolean
  /** In the order of the grid; null: those that fit. */
  readonly columns: readonly string[] | null
  readonly pinned: readonly string[]
  /** Pixels, of columns that were resized. */
  readonly widths: Readonly<Record<string, number>>
}

export const noFilter: Filter = {text: '', statuses: [], from: '', to: '', low: '', high: '', currency: ''}

const atFirst: Choice = {
  filter: noFilter,
  sort: 'created',
  descending: true,
  columns: null,
  pinned: [],
  widths: {},
}

export const NARROWEST = 64
export const WIDEST = 640

/** Which columns the filters of a table are about. */
export const filterColumns: Record<TableName, {readonly status: string; readonly amount: string}> = {
  customers: {status: 'delinquent', amount: 'balance'},
  invoices: {status: 'status', amount: 'total'},
  payments: {status: 'status', amount: 'amount'},
  subscriptions: {status: 'status', amount: 'monthly_value'},
}

const isText = ({type}: ColumnSchema): boolean => type === 'utf8' || type === 'dictionary'

/** Unix seconds at which the reader's day begins, `days` later. */
function startOfDay(date: string, days = 0): number | undefined {
  const parts = /^(\d+)-(\d+)-(\d+)$/.exec(date)
  if (!parts) return undefined
  const [year = 0, month = 1, day = 1] = parts.slice(1).map(Number)
  return new Date(year, month - 1, day + days).getTime() / 1000
}

function minor(amount: string, digits: number): number | undefined {
  const value = Number(amount)
  if (amount.trim() === '' || !Number.isFinite(value)) return undefined
  return Math.round(value * 10 ** digits)
}

/** How many of the filters are set, search apart. */
export function filterCount({statuses, from, to, low, high, currency}: Filter): number {
  const amounts = [low, high, currency].some((text) => text !== '')
  return Number(statuses.length > 0) + Number(from !== '' || to !== '') + Number(amounts)
}

export function isFiltered(filter: Filter): boolean {
  return filter.text.trim() !== '' || filterCount(filter) > 0
}

/** What the module is asked for; `searched` are the columns that search looks in. */
export function viewOf(
  table: TableName,
  {filter, sort, descending}: Choice,
  schema: readonly ColumnSchema[],
  searched: readonly string[],
  digitsOf: (currency: string) => number,
): RowView {
  const where: RowCondition[] = []
  const {status, amount} = filterColumns[table]
  const text = filter.text.trim()
  if (text !== '') {
    const columns = schema.filter((column) => isText(column) && (column.name === 'id' || searched.includes(column.name)))
    where.push({contains: text, columns: columns.map(({name}) => name)})
  }
  if (filter.statuses.length > 0) {
    where.push(
      status === 'delinquent' ? {from: 1, column: status} : {isOneOf: filter.statuses, column: status},
    )
  }
  const from = startOfDay(filter.from)
  const after = startOfDay(filter.to, 1)
  if (from !== undefined || after !== undefined) {
    where.push({from, to: after === undefined ? undefined : after - 1, column: 'created'})
  }
  const {currency} = filter
  const digits = digitsOf(currency)
  const low = minor(filter.low, digits)
  const high = minor(filter.high, digits)
  // An amount means nothing without its currency.
  if (currency !== '') {
    where.push({isOneOf: [currency], column: 'currency'})
    if (low !== undefined || high !== undefined) where.push({from: low, to: high, column: amount})
  }
  return {where, sort, descending}
}

/** Between the keys of somebody who types; a filter of a million rows takes as long. */
const TYPING_MS = 150

export class GridTools {
  readonly #changed: () => void
  readonly #after: After
  #undoSearch: (() => void) | null = null
  #isFiltersOpen = false
  readonly #choices = new Map<TableName, Choice>()

  constructor(changed: () => void, after: After) {
    this.#changed = changed
    this.#after = after
  }

  /** Another account: nothing of the last one's choices is worth keeping. */
  forget(): void {
    this.#undoSearch?.()
    this.#choices.clear()
  }

  search(table: TableName, text: string): void {
    this.#undoSearch?.()
    this.#undoSearch = this.#after(TYPING_MS, () => {
      this.filter(table, {text})
    })
  }

  get isFiltersOpen(): boolean {
    return this.#isFiltersOpen
  }

  toggleFilters(): void {
    this.#isFiltersOpen = !this.#isFiltersOpen
    this.#changed()
  }

  of(table: TableName): Choice {
    return this.#choices.get(table) ?? atFirst
  }

  filter(table: TableName, change: Partial<Filter>): void {
    this.#set(table, {filter: {...this.of(table).filter, ...change}})
  }

  clearFilter(table: TableName): void {
    this.#undoSearch?.()
    this.#set(table, {filter: noFilter})
  }

  /** The first press sorts as one would look: names from A, amounts and dates from the largest. */
  sortBy(table: TableName, column: ColumnSchema): void {
    const {sort, descending} = this.of(table)
    const first = !isText(column)
    this.#set(table, {sort: column.name, descending: sort === column.name ? !descending : first})
  }

  /** `shown` are the columns in view now. */
  toggleColumn(table: TableName, column: string, shown: readonly string[]): void {
    const left = shown.filter((name) => name !== column)
    const columns = left.length < shown.length ? left : [...shown, column]
    if (columns.length === 0) return
    this.#set(table, {columns, pinned: this.of(table).pinned.filter((name) => columns.includes(name))})
  }

  togglePin(table: TableName, column: string, shown: readonly string[]): void {
    const {pinned} = this.of(table)
    const left = pinned.filter((name) => name !== column)
    this.#set(table, {columns: shown, pinned: left.length < pinned.length ? left : [...pinned, column]})
  }

  resize(table: TableName, column: string, width: number, shown: readonly string[]): void {
    const {widths} = this.of(table)
    const kept = Math.round(Math.min(Math.max(width, NARROWEST), WIDEST))
    this.#set(table, {columns: shown, widths: {...widths, [column]: kept}})
  }

  resetColumns(table: TableName): void {
    this.#set(table, {columns: null, pinned: [], widths: {}})
  }

  #set(table: TableName, change: Partial<Choice>): void {
    this.#choices.set(table, {...this.of(table), ...change})
    this.#changed()
  }
}
