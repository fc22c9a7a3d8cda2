// Where a key leads in the grid. No DOM.
// https://www.w3.org/WAI/ARIA/apg/patterns/grid/

export interface GridPlace {
  readonly row: number
  readonly column: number
  /** Rows of a page. */
  readonly page: number
  /** What the right arrow adds to the column: -1 where one reads from right to left. */
  readonly right: 1 | -1
  readonly lastRow: number
  readonly lastColumn: number
}

interface Target {
  readonly row: number
  readonly column: number
}

/** The cell that the key goes to, its column within the grid; null for another key. `far`: with Ctrl or Command. */
export function cellAfter(key: string, far: boolean, {row, column, page, right, lastRow, lastColumn}: GridPlace): Target | null {
  const goes: Record<string, readonly [number, number]> = {
    ArrowDown: [row + 1, column],
    ArrowUp: [row - 1, column],
    ArrowRight: [row, column + right],
    ArrowLeft: [row, column - right],
    PageDown: [row + page, column],
    PageUp: [Math.max(row - page, 0), column],
    Home: [far ? 0 : row, 0],
    End: [far ? lastRow : row, lastColumn],
  }
  const target = goes[key]
  return target ? {row: target[0], column: Math.min(Math.max(target[1], 0), lastColumn)} : null
}
