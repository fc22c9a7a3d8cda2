// The rows in view, each in an element of its own.

export interface DrawnRow {
  readonly element: HTMLElement
  /** What it was drawn from. */
  from: readonly unknown[]
}

function emptyRow(): DrawnRow {
  const element = document.createElement('div')
  element.setAttribute('role', 'row')
  return {element, from: []}
}

export class RowPool {
  readonly #rows = new Map<number, DrawnRow>()

  get size(): number {
    return this.#rows.size
  }

  /**
   * Has `layer` hold the rows of these indexes in their order, each drawn by `draw`. A row that leaves is taken for
   * one that comes and moved to its end; those that stay are not moved, which would have them laid out again.
   */
  draw(layer: Element, indexes: readonly number[], draw: (row: DrawnRow, index: number) => void): void {
    const spare: DrawnRow[] = []
    for (const [index, row] of this.#rows) {
      if (indexes.includes(index)) continue
      this.#rows.delete(index)
      row.element.remove()
      spare.push(row)
    }
    let next = layer.firstElementChild
    for (const index of indexes) {
      const row = this.#rows.get(index) ?? spare.pop() ?? emptyRow()
      this.#rows.set(index, row)
      draw(row, index)
      if (row.element === next) next = next.nextElementSibling
      else layer.insertBefore(row.element, next)
    }
  }

  clear(): void {
    for (const {element} of this.#rows.values()) element.remove()
    this.#rows.clear()
  }
}
