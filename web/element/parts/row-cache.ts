// Ranges of rows in blocks, so that scrolling asks the module once a block. Holds a
// few hundred rows, however long the table.

import type {Table} from '../../module/table.js'
import type {Cell} from '../../module/types.js'

const BLOCK = 128
const KEPT_BLOCKS = 12

export class RowCache {
  readonly #table: Pick<Table, 'rows'>
  readonly #columns: readonly string[]
  readonly #blocks = new Map<number, readonly (readonly Cell[])[]>()
  readonly #place: ReadonlyMap<string, number>

  constructor(table: Pick<Table, 'rows'>, columns: readonly string[]) {
    this.#table = table
    this.#columns = columns
    this.#place = new Map(columns.map((name, index) => [name, index]))
  }

  /** Rows have come or moved: ask again. */
  forget(): void {
    this.#blocks.clear()
  }

  cell(row: number, column: string): Cell | undefined {
    const index = Math.floor(row / BLOCK)
    const place = this.#place.get(column)
    if (place === undefined) return undefined
    return this.#block(index)[place]?.[row - index * BLOCK]
  }

  #block(index: number): readonly (readonly Cell[])[] {
    const known = this.#blocks.get(index)
    if (known) {
      // Most lately used stands last.
      this.#blocks.delete(index)
      this.#blocks.set(index, known)
      return known
    }
    const {columns} = this.#table.rows(this.#columns, index * BLOCK, BLOCK)
    this.#blocks.set(index, columns)
    if (this.#blocks.size > KEPT_BLOCKS) {
      const oldest = this.#blocks.keys().next()
      if (!oldest.done) this.#blocks.delete(oldest.value)
    }
    return columns
  }
}
