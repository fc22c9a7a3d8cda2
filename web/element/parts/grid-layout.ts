// Which columns stand where and how wide. No DOM.

import type {ColumnSchema, TableName} from '../../module/types.js'
import type {Choice} from '../grid-tools.js'
import {chosenColumns, fitting, gridColumns, type GridColumn} from './columns.js'

const ROW_PADDING = 24
const MOST_PINNED = 0.6

export interface Layout {
  /** Pinned ones first. */
  readonly columns: readonly GridColumn[]
  readonly pinned: number
  readonly pinnedWidth: number
  /** Where each begins, in pixels; of use to pinned ones only. */
  readonly offsets: readonly number[]
  /** For `grid-template-columns`. */
  readonly tracks: string
  /** Pixels of a row that is scrolled sideways; null when it fits. */
  readonly width: number | null
}

/** As first shown: what fits, shared out. As soon as the reader chose: those, as wide as asked for. */
export function layOut(table: TableName, schema: readonly ColumnSchema[], choice: Choice, width: number): Layout {
  if (choice.columns === null) {
    const columns = fitting(gridColumns(table, schema), width - ROW_PADDING)
    const tracks = columns.map(({least, grow}) => `minmax(${String(least)}px, ${String(grow)}fr)`).join(' ')
    return {columns, pinned: 0, pinnedWidth: 0, offsets: [], tracks, width: null}
  }
  const isPinned = (name: string): boolean => choice.pinned.includes(name)
  const names = [...choice.pinned, ...choice.columns.filter((name) => !isPinned(name))]
  const columns = chosenColumns(table, schema, names)
  const offsets: number[] = []
  let end = 0
  let pinnedWidth = 0
  const tracks = columns.map(({schema: {name}, least, grow}, index) => {
    const asked = choice.widths[name]
    const wide = asked ?? least
    offsets.push(end)
    end += wide
    if (isPinned(name)) pinnedWidth = end
    // What is left over is shared by those whose width nobody asked for, or goes to the last.
    const isFixed = isPinned(name) || (asked !== undefined && index < columns.length - 1)
    return isFixed ? `${String(wide)}px` : `minmax(${String(wide)}px, ${String(grow)}fr)`
  })
  // On a phone what is pinned would leave no room for what is not.
  const holds = pinnedWidth <= width * MOST_PINNED
  return {
    columns,
    pinned: holds ? columns.filter(({schema: {name}}) => isPinned(name)).length : 0,
    pinnedWidth: holds ? pinnedWidth : 0,
    offsets,
    tracks: tracks.join(' '),
    width: end + ROW_PADDING,
  }
}
