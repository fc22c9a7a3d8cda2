// Which of a table's columns the grid shows, and how a cell is written. Columns are
// picked by name from what the module offers; a table that lacks one shows the rest.

import {html, nothing} from 'lit'
import type {Cell, ColumnSchema, TableName} from '../../module/types.js'
import {NO_VALUE} from '../format.js'
import type {Speech} from '../speech.js'
import {statusLook} from '../status-look.js'
import {spelledOut} from '../strings.js'
import {icon, type IconName} from './view.js'

export type CellKind = 'name' | 'text' | 'money' | 'status' | 'date' | 'flag' | 'count' | 'card'

export interface GridColumn {
  readonly schema: ColumnSchema
  /** What a row without a value shows instead, in this order. */
  readonly instead: readonly string[]
  readonly kind: CellKind
  /** Pixels it needs; without them it is left out. */
  readonly least: number
  readonly grow: number
  /** 0 is wanted most. */
  readonly rank: number
}

interface Wanted {
  /** The first is the column; a row without it shows the next that it has. */
  readonly names: readonly string[]
  readonly kind: CellKind
  readonly least: number
  readonly grow: number
  readonly rank: number
}

const wanted: Record<TableName, readonly Wanted[]> = {
  customers: [
    {names: ['name', 'email', 'id'], kind: 'name', least: 130, grow: 3, rank: 0},
    {names: ['email'], kind: 'text', least: 170, grow: 3, rank: 2},
    {names: ['country'], kind: 'text', least: 90, grow: 1, rank: 5},
    {names: ['balance'], kind: 'money', least: 120, grow: 1.5, rank: 4},
    {names: ['delinquent'], kind: 'flag', least: 150, grow: 1, rank: 3},
    {names: ['created'], kind: 'date', least: 130, grow: 0.8, rank: 1},
  ],
  invoices: [
    {names: ['number', 'id'], kind: 'name', least: 104, grow: 3, rank: 0},
    {names: ['customer_name', 'customer_email', 'customer'], kind: 'text', least: 160, grow: 3, rank: 3},
    {names: ['total'], kind: 'money', least: 104, grow: 1.2, rank: 1},
    {names: ['status'], kind: 'status', least: 128, grow: 0.8, rank: 2},
    {names: ['due_date'], kind: 'date', least: 130, grow: 0.8, rank: 5},
    {names: ['created'], kind: 'date', least: 130, grow: 0.8, rank: 4},
  ],
  payments: [
    {names: ['description', 'email', 'id'], kind: 'name', least: 104, grow: 3, rank: 0},
    {names: ['amount'], kind: 'money', least: 104, grow: 1.2, rank: 1},
    {names: ['amount_refunded'], kind: 'money', least: 110, grow: 1.5, rank: 5},
    {names: ['status'], kind: 'status', least: 128, grow: 0.8, rank: 2},
    {names: ['card_last4'], kind: 'card', least: 130, grow: 1.2, rank: 4},
    {names: ['created'], kind: 'date', least: 130, grow: 0.8, rank: 3},
  ],
  subscriptions: [
    {names: ['description', 'id'], kind: 'name', least: 104, grow: 3, rank: 0},
    {names: ['customer'], kind: 'text', least: 180, grow: 2, rank: 4},
    {names: ['monthly_value'], kind: 'money', least: 104, grow: 1.2, rank: 1},
    {names: ['status'], kind: 'status', least: 128, grow: 0.8, rank: 2},
    {names: ['current_period_end'], kind: 'date', least: 130, grow: 1.2, rank: 5},
    {names: ['created'], kind: 'date', least: 130, grow: 0.8, rank: 3},
  ],
}

const widthOf: Record<CellKind, number> = {
  name: 150,
  text: 150,
  money: 120,
  status: 140,
  date: 130,
  flag: 150,
  count: 100,
  card: 130,
}

/** The columns named, in that order: as the grid has them, or by their type. */
export function chosenColumns(
  table: TableName,
  schema: readonly ColumnSchema[],
  names: readonly string[],
): readonly GridColumn[] {
  const usual = gridColumns(table, schema)
  return names.flatMap((name) => {
    const known = usual.find((column) => column.schema.name === name)
    const column = schema.find((one) => one.name === name)
    // Beside others that were chosen there is no need to be as narrow as can be.
    if (known) return [{...known, least: Math.max(known.least, widthOf[known.kind])}]
    if (!column) return []
    const kind = kindOf(column, 'text')
    return [{schema: column, instead: [], kind, least: widthOf[kind], grow: 1, rank: 0}]
  })
}

/** Columns in the order of the grid: those that the table has. */
export function gridColumns(table: TableName, schema: readonly ColumnSchema[]): readonly GridColumn[] {
  const byName = new Map(schema.map((column) => [column.name, column]))
  return wanted[table].flatMap(({names, kind, least, grow, rank}) => {
    const [first, ...instead] = names.flatMap((name) => byName.get(name) ?? [])
    if (!first) return []
    return [
      {schema: first, instead: instead.map(({name}) => name), kind: kindOf(first, kind), least, grow, rank},
    ]
  })
}

/** Every column that drawing these needs. */
export function columnsToRead(columns: readonly GridColumn[]): readonly string[] {
  const names = new Set<string>()
  for (const {schema, instead, kind} of columns) {
    names.add(schema.name)
    for (const name of instead) names.add(name)
    if (schema.currencyColumn !== '') names.add(schema.currencyColumn)
    if (kind === 'card') names.add('card_brand')
  }
  return [...names]
}

// The module's type wins over the wish: a "date" that is text is written as text.
function kindOf(schema: ColumnSchema, kind: CellKind): CellKind {
  if (kind === 'name' || kind === 'status' || kind === 'card') return kind
  if (schema.type === 'money') return 'money'
  if (schema.type === 'timestamp') return 'date'
  if (schema.type === 'bool') return 'flag'
  return schema.type === 'int64' ? 'count' : 'text'
}

/** As many as fit, the most wanted first, in the grid's order. */
export function fitting(columns: readonly GridColumn[], width: number): readonly GridColumn[] {
  const kept = new Set<GridColumn>()
  let left = width
  for (const column of [...columns].sort((a, b) => a.rank - b.rank)) {
    if (kept.size > 0 && column.least > left) break
    kept.add(column)
    left -= column.least
  }
  return columns.filter((column) => kept.has(column))
}

const statusIcons: Record<ReturnType<typeof statusLook>, IconName> = {
  good: 'check',
  open: 'half',
  bad: 'warn',
  off: 'dash',
}

/** Text of a cell; money is written with the row's own currency. */
export function cellText(
  {words, format}: Speech,
  column: ColumnSchema,
  cell: Cell | undefined,
  currency: Cell | undefined,
): string {
  if (cell === null || cell === undefined || cell === '') return NO_VALUE
  switch (column.type) {
    case 'money':
      return format.money(Number(cell), typeof currency === 'string' ? currency : '')
    case 'timestamp':
      return format.date(Number(cell))
    case 'bool':
      return cell === true ? words.yes : words.no
    case 'int64':
      return format.count(Number(cell))
    default:
      return String(cell)
  }
}

/** `read` gives the row's cell of any column that was asked for. */
export function cellContent(
  speech: Speech,
  column: GridColumn,
  read: (name: string) => Cell | undefined,
): unknown {
  const {schema, kind, instead} = column
  const cell = [schema.name, ...instead].map(read).find((value) => value !== null && value !== '')
  if (kind === 'flag') {
    return cell === true
      ? html`<span class="status bad">${icon('warn')}${speech.words.yes}</span>`
      : nothing
  }
  if (kind === 'status' && typeof cell === 'string') {
    const look = statusLook(cell)
    return html`<span class="status ${look}">${icon(statusIcons[look])}${speech.words.statusWord(cell)}</span>`
  }
  if (kind === 'card' && typeof cell === 'string') {
    const brand = read('card_brand')
    return `${typeof brand === 'string' ? spelledOut(brand) : ''} \u2022\u2022 ${cell}`.trim()
  }
  const currency = schema.currencyColumn === '' ? null : read(schema.currencyColumn)
  return cellText(speech, schema, cell, currency)
}
