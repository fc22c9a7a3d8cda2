// What stands above the grid, without a page: choices, layout, charts, exports.

import assert from 'node:assert/strict'
import {test} from 'node:test'
import {chartData} from '../../web/element/chart-data.js'
import {Exporter, fileName, type ExportRequest} from '../../web/element/exporter.js'
import {Format} from '../../web/element/format.js'
import {filterCount, GridTools, isFiltered, noFilter, viewOf} from '../../web/element/grid-tools.js'
import {layOut} from '../../web/element/parts/grid-layout.js'
import type {RowSource} from '../../web/element/store.js'
import {writeExport, type ExportSource} from '../../web/module/export.js'
import type {ColumnSchema, Figure} from '../../web/module/types.js'

const column = (name: string, type: ColumnSchema['type'], currencyColumn = ''): ColumnSchema => ({
  name,
  type,
  nullable: true,
  currencyColumn,
})

const schema: readonly ColumnSchema[] = [
  column('id', 'utf8'),
  column('number', 'utf8'),
  column('status', 'dictionary'),
  column('customer_name', 'utf8'),
  column('customer_email', 'utf8'),
  column('currency', 'dictionary'),
  column('total', 'money', 'currency'),
  column('subtotal', 'money', 'currency'),
  column('created', 'timestamp'),
]

const digits = (currency: string): number => (currency === 'jpy' ? 0 : 2)

function tools(): {grid: GridTools; changes: () => number; pass: () => void} {
  let changes = 0
  const waiting: (() => void)[] = []
  const grid = new GridTools(
    () => {
      changes++
    },
    (_milliseconds, call) => {
      waiting.push(call)
      return () => waiting.splice(waiting.indexOf(call), 1)
    },
  )
  return {grid, changes: () => changes, pass: () => waiting.splice(0).forEach((call) => {
    call()
  })}
}

test('a filter becomes conditions, and what is not set asks for nothing', () => {
  const {grid} = tools()
  assert.deepEqual(viewOf('invoices', grid.of('invoices'), schema, [], digits), {
    where: [],
    sort: 'created',
    descending: true,
  })
  grid.filter('invoices', {
    text: ' Acme ',
    statuses: ['open', 'draft'],
    from: '2026-01-31',
    to: '2026-02-01',
    low: '10.50',
    high: '',
    currency: 'usd',
  })
  const choice = grid.of('invoices')
  assert.equal(filterCount(choice.filter), 3)
  const {where = []} = viewOf('invoices', choice, schema, ['number', 'total', 'customer_name'], digits)
  const day = new Date(2026, 0, 31).getTime() / 1000
  assert.deepEqual(where, [
    {contains: 'Acme', columns: ['id', 'number', 'customer_name']},
    {isOneOf: ['open', 'draft'], column: 'status'},
    {from: day, to: day + 2 * 86_400 - 1, column: 'created'},
    {isOneOf: ['usd'], column: 'currency'},
    {from: 1050, to: undefined, column: 'total'},
  ])
  // In a currency without decimals a unit is the minor unit; without a currency there is no amount.
  const amounts = (currency: string): unknown =>
    viewOf('invoices', {...choice, filter: {...noFilter, low: '7', currency}}, schema, [], digits).where
  assert.deepEqual(amounts('jpy'), [
    {isOneOf: ['jpy'], column: 'currency'},
    {from: 7, to: undefined, column: 'total'},
  ])
  assert.deepEqual(amounts(''), [])
  grid.clearFilter('invoices')
  assert.equal(isFiltered(grid.of('invoices').filter), false)
})

test('what is typed is searched for once, when the typing rests', () => {
  const {grid, changes, pass} = tools()
  grid.search('customers', 'a')
  grid.search('customers', 'an')
  assert.equal(changes(), 0)
  pass()
  assert.equal(changes(), 1)
  assert.equal(grid.of('customers').filter.text, 'an')
  // Cleared meanwhile, nothing comes back.
  grid.search('customers', 'anna')
  grid.clearFilter('customers')
  pass()
  assert.equal(grid.of('customers').filter.text, '')
})

test('names are sorted from A and amounts from the largest, then the other way', () => {
  const {grid} = tools()
  const order = (): unknown => [grid.of('invoices').sort, grid.of('invoices').descending]
  const sortBy = (name: string): void => {
    const found = schema.find((one) => one.name === name)
    assert.ok(found)
    grid.sortBy('invoices', found)
  }
  sortBy('number')
  assert.deepEqual(order(), ['number', false])
  sortBy('number')
  assert.deepEqual(order(), ['number', true])
  sortBy('total')
  assert.deepEqual(order(), ['total', true])
})

test('columns are chosen, pinned in front and resized, within bounds', () => {
  const {grid} = tools()
  const names = (width = 1200): readonly string[] =>
    layOut('invoices', schema, grid.of('invoices'), width).columns.map((one) => one.schema.name)
  assert.deepEqual(names(), ['number', 'customer_name', 'total', 'status', 'created'])
  assert.deepEqual(names(360), ['number', 'total', 'status'])
  grid.toggleColumn('invoices', 'subtotal', names())
  assert.deepEqual(names(360), ['number', 'customer_name', 'total', 'status', 'created', 'subtotal'])
  grid.togglePin('invoices', 'total', names())
  grid.resize('invoices', 'total', 9999, names())
  grid.resize('invoices', 'number', 1, names())
  const layout = layOut('invoices', schema, grid.of('invoices'), 1200)
  assert.equal(layout.columns[0]?.schema.name, 'total')
  assert.deepEqual([layout.pinned, layout.pinnedWidth, layout.offsets[1]], [1, 640, 640])
  assert.match(layout.tracks, /^640px 64px /)
  // On a phone so wide a column is not held.
  assert.equal(layOut('invoices', schema, grid.of('invoices'), 390).pinned, 0)
  grid.toggleColumn('invoices', 'total', names())
  assert.deepEqual(grid.of('invoices').pinned, [])
  grid.resetColumns('invoices')
  assert.deepEqual(names(), ['number', 'customer_name', 'total', 'status', 'created'])
})

const month = (number: number): number => Date.UTC(2026, number - 1, 1) / 1000
const figure = (name: string, from: number, count: number, amounts: Record<string, number> = {}): Figure => ({
  name,
  from,
  count,
  isMoney: Object.keys(amounts).length > 0,
  amounts: Object.entries(amounts).map(([currency, minor]) => ({currency, minor, count: currency === 'usd' ? 5 : 1})),
})
const format = new Format('en-US', digits)

test('revenue is drawn in one currency, and every currency stands in the table', () => {
  const figures = [
    figure('revenue', month(3), 1, {usd: 1250, jpy: 700}),
    figure('revenue', month(2), 0),
    figure('revenue', month(1), 1, {jpy: -30}),
  ]
  const usd = chartData('revenue', figures, '', 24, format, digits)
  assert.deepEqual(usd.currencies, ['usd', 'jpy'])
  assert.equal(usd.currency, 'usd')
  assert.deepEqual(usd.points, [{from: month(1)}, {from: month(2)}, {from: month(3)}])
  assert.deepEqual(usd.series[0]?.values, [0, 0, 12.5])
  assert.deepEqual(usd.rows[2]?.cells, ['$12.50', '\u00a5700'])
  const jpy = chartData('revenue', figures, 'jpy', 2, format, digits)
  assert.deepEqual(jpy.series[0]?.values, [0, 700])
  assert.deepEqual(chartData('revenue', [], '', 24, format, digits).points, [])
})

test('lost customers go down, and paid invoices are told but not drawn', () => {
  const customers = chartData(
    'customers',
    [
      figure('customers_new', month(2), 4),
      figure('customers_lost', month(2), 3),
      figure('customers_new', month(1), 1),
      figure('customers_lost', month(1), 0),
    ],
    '',
    24,
    format,
    digits,
  )
  assert.deepEqual(customers.series.map(({values}) => values), [[1, 4], [-0, -3]])
  assert.deepEqual(customers.rows.map(({cells}) => cells), [['1', '0'], ['4', '3']])
  const invoices = chartData(
    'invoices',
    [figure('invoices_draft', 0, 1, {usd: 100}), figure('invoices_paid', 0, 1, {usd: 900})],
    '',
    24,
    format,
    digits,
  )
  assert.deepEqual(invoices.points, [{name: 'invoices_draft'}])
  assert.deepEqual(invoices.rows.map(({cells}) => cells), [['$1.00'], ['$9.00']])
})

/** Hands out one byte a row. */
class HandSource implements ExportSource {
  asked: number[] = []
  started: unknown[] = []
  left = 0

  columns(): readonly ColumnSchema[] {
    return schema
  }
  startExport(...started: unknown[]): number {
    this.started = started
    this.left = 40_000
    return this.left
  }
  nextExport(rows: number): Uint8Array {
    const count = Math.min(rows, this.left)
    this.asked.push(rows)
    this.left -= count
    return new Uint8Array(count).fill(120)
  }
}

test('a file is written in turns, tells how far it is, and brings currencies along', async () => {
  const source = new HandSource()
  const told: number[] = []
  const file = await writeExport(
    source,
    'invoices',
    {format: 'csv', columns: ['total', 'id'], rows: 'shown', onProgress: (done) => told.push(done)},
    () => false,
  )
  assert.deepEqual(source.started, ['invoices', ['total', 'currency', 'id'], 'csv', false])
  assert.equal(file.size, 40_000)
  assert.equal(file.type, 'text/csv;charset=utf-8')
  assert.ok(source.asked.length > 3, String(source.asked))
  assert.ok(source.asked.every((rows) => rows <= 16_384))
  assert.equal(told.at(-1), 40_000)
  assert.deepEqual(told, [...told].sort((a, b) => a - b))
})

test('a file that is not wanted any more, or whose session is gone, is not written on', async () => {
  const source = new HandSource()
  const stop = new AbortController()
  const aborted = writeExport(
    source,
    'invoices',
    {format: 'json_lines', signal: stop.signal, onProgress: () => {
      stop.abort()
    }},
    () => false,
  )
  await assert.rejects(aborted, {name: 'AbortError'})
  assert.equal(source.asked.length, 1)
  let disposed = false
  const gone = writeExport(
    source,
    'invoices',
    {format: 'json_lines', onProgress: () => {
      disposed = true
    }},
    () => disposed,
  )
  await assert.rejects(gone, {code: 'cancelled'})
  assert.equal(source.asked.length, 2)
})

test('an export is saved under a telling name, can be stopped, and says when it failed', async () => {
  const request: ExportRequest = {table: 'invoices', format: 'arrow', rows: 'shown', columns: ['id'], mode: 'test'}
  const at = new Date(Date.UTC(2026, 0, 31, 12))
  assert.equal(fileName(request, at), 'stripe-invoices-test-2026-01-31.arrows')
  const saved: string[] = []
  const states: string[] = []
  const exporter = new Exporter(
    (_file, name) => saved.push(name),
    () => states.push(exporter.status.state),
  )
  const source = (write: RowSource['export']): RowSource => ({export: write}) as RowSource
  await exporter.start(source(() => Promise.resolve(new Blob(['x']))), request, at)
  assert.deepEqual(saved, ['stripe-invoices-test-2026-01-31.arrows'])
  assert.deepEqual(states, ['running', 'done'])
  const stopped = exporter.start(
    source((_table, {signal}) => new Promise((_resolve, reject) => {
      signal?.addEventListener('abort', () => {
        reject(new Error('stopped'))
      })
    })),
    request,
    at,
  )
  exporter.cancel()
  await stopped
  assert.equal(exporter.status.state, 'idle')
  await exporter.start(source(() => Promise.reject(new Error('no'))), request, at)
  assert.equal(exporter.status.state, 'failed')
  assert.equal(saved.length, 1)
})
