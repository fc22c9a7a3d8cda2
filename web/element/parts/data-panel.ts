// What stands below the connection besides words: the grid, its tools, the chart and
// the export, and the element's part in them.

import type {KeyMode, TableName} from '../../module/types.js'
import {Exporter, type ExportRequest} from '../exporter.js'
import {GridTools, viewOf} from '../grid-tools.js'
import type {After} from '../rates.js'
import type {Connection} from '../state.js'
import type {Speech} from '../speech.js'
import type {RowSource} from '../store.js'
import {ChartView} from './chart-view.js'
import {chosenColumns, columnsToRead} from './columns.js'
import {TableView} from './table-view.js'
import type {View} from './view.js'

const BONES = 13
/** Below, the chart is folded at first: the rows are what fits. */
const NARROW = 560
/** Long enough for any browser to have begun the download. */
const REVOKE_MS = 10_000

export interface DataPanelParts {
  readonly speech: () => Speech
  readonly now: () => number
  readonly after: After
  readonly connection: () => Connection | null
  readonly source: () => RowSource | null
  readonly changed: () => void
  readonly open: (table: TableName, row: number) => void
  readonly copy: (text: string) => void
  readonly account: () => string
}

// No page of the documentation lists them; `stripe open` has the lists, and what
// stands behind an id is that object's page: https://docs.stripe.com/cli/open
function dashboardUrl(table: TableName, id: string, mode: KeyMode | null, account: string): string {
  const parts = ['https://dashboard.stripe.com', account, mode === 'test' ? 'test' : '', table, id]
  return parts.filter((part) => part !== '').join('/')
}

export class DataPanel {
  readonly #parts: DataPanelParts
  readonly #grid: TableView
  readonly #tools: GridTools
  readonly #charts: ChartView
  readonly #exporter: Exporter
  #key: Connection['key'] | null = null

  constructor(parts: DataPanelParts) {
    this.#parts = parts
    this.#tools = new GridTools(parts.changed, parts.after)
    this.#charts = new ChartView(parts)
    this.#exporter = new Exporter((file, name) => {
      this.#save(file, name)
    }, parts.changed)
    this.#grid = new TableView({
      open: parts.open,
      copy: parts.copy,
      laidOut: parts.changed,
      sort: (table, column) => {
        this.#tools.sortBy(table, column.schema)
      },
      resize: (table, column, width) => {
        this.#tools.resize(table, column, width, this.#grid.columns)
      },
    })
  }

  /**
   * Before each drawing of the page; `width` gives the element's, which may have the page laid out. Whether
   * it is another account's data from now on.
   */
  begin(connection: Connection | null, width: () => number): boolean {
    const key = connection?.key ?? null
    if (key === this.#key) return false
    this.#key = key
    this.#tools.forget()
    this.#charts.forget(width() >= NARROW)
    this.#exporter.forget()
    return true
  }

  /** What the parts are given of it. */
  view(): Pick<View, 'source' | 'tools' | 'gridColumns' | 'charts' | 'exported' | 'startExport' | 'cancelExport' | 'dashboardUrl'> {
    const {connection, source, account} = this.#parts
    return {
      source: source(),
      tools: this.#tools,
      gridColumns: this.#grid.columns,
      charts: this.#charts,
      exported: this.#exporter.status,
      startExport: (request: ExportRequest) => {
        const rows = source()
        if (rows) void this.#exporter.start(rows, request, new Date(this.#parts.now()))
      },
      cancelExport: () => {
        this.#exporter.cancel()
      },
      dashboardUrl: (table, id) => dashboardUrl(table, id, connection()?.key.mode ?? null, account()),
    }
  }

  /** Rows of the table that the filter lets through, in the order chosen: the module keeps them. */
  shownRows(connection: Connection): number {
    const source = this.#parts.source()
    if (!source) return 0
    const table = connection.shown
    const choice = this.#tools.of(table)
    const {columns: schema} = source.table(table)
    const names = choice.columns ?? this.#grid.columns
    const searched = columnsToRead(chosenColumns(table, schema, names))
    return source.table(table).setView(
      viewOf(table, choice, schema, searched, (currency) => source.minorUnitDigits(currency)),
    )
  }

  /** After each drawing of the page. */
  update(root: ParentNode, connection: Connection | null, shownRows: number): void {
    const grid = connection && root.querySelector<HTMLElement>('.grid')
    const source = this.#parts.source()
    if (!grid || !source) {
      this.#grid.update(null, null)
      return this.#charts.detach()
    }
    const table = connection.shown
    this.#grid.update(grid, {
      source,
      table,
      revision: connection.tables[table].revision,
      speech: this.#parts.speech(),
      choice: this.#tools.of(table),
      count: shownRows,
      bones: connection.tables[table].progress.rows === 0 ? BONES : 0,
    })
    this.#charts.update(root.querySelector<HTMLElement>('.chart-plot'), table)
  }

  detach(): void {
    this.#grid.detach()
    this.#charts.detach()
    this.#exporter.cancel()
  }

  #save(file: Blob, name: string): void {
    const link = document.createElement('a')
    link.href = URL.createObjectURL(file)
    link.download = name
    link.click()
    this.#parts.after(REVOKE_MS, () => {
      URL.revokeObjectURL(link.href)
    })
  }
}
