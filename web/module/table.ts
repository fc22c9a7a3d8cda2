// A table of a session, read where it is: in the module.

import type {AnyTableName, Cell, ColumnSchema, RowRange, RowView} from './types.js'
import {viewSpec} from './view-spec.js'

/** Empty until its rows are pulled, and the same object as they come. */
export interface Table {
  readonly name: AnyTableName
  readonly columns: readonly ColumnSchema[]
  /** Of all rows, whatever the view. */
  readonly rowCount: number
  /** The distinct texts in a column of type `dictionary`, as they came. */
  values(column: string): readonly string[]
  /** Filters and sorts what `rows()` gives from now on, newest first without it. Returns how many rows that is by now. */
  setView(view: RowView): number
  /** Rows `start` to `start + count` of the view; fewer at the end. */
  rows(columns: readonly string[], start: number, count: number): RowRange
  /** One array a column; rows `start` to `start + count` in the order they came. */
  arrived(columns: readonly string[], start: number, count: number): readonly (readonly Cell[])[]
}

/** The module's part of it. */
interface TableSource {
  columns(table: string): readonly ColumnSchema[]
  rowCount(table: string): number
  values(table: string, column: string): readonly string[]
  setView(table: string, spec: readonly string[]): number
  rows(table: string, columns: readonly string[], start: number, count: number): readonly (readonly Cell[])[]
  arrived(table: string, columns: readonly string[], start: number, count: number): readonly (readonly Cell[])[]
}

export class WasmTable implements Table {
  readonly name: AnyTableName
  /** Asked for with each frame, and never changing. */
  readonly columns: readonly ColumnSchema[]
  readonly #raw: TableSource

  constructor(raw: TableSource, name: AnyTableName) {
    this.#raw = raw
    this.name = name
    this.columns = raw.columns(name)
  }

  get rowCount(): number {
    return this.#raw.rowCount(this.name)
  }

  values(column: string): readonly string[] {
    return this.#raw.values(this.name, column)
  }

  setView(view: RowView): number {
    return this.#raw.setView(this.name, viewSpec(view))
  }

  rows(columns: readonly string[], start: number, count: number): RowRange {
    return {start, columns: this.#raw.rows(this.name, columns, start, count)}
  }

  arrived(columns: readonly string[], start: number, count: number): readonly (readonly Cell[])[] {
    return this.#raw.arrived(this.name, columns, start, count)
  }
}
