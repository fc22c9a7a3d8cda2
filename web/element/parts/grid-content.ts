// What the grid shows, and what it asks of others.

import type {TableName} from '../../module/types.js'
import type {Choice} from '../grid-tools.js'
import type {Speech} from '../speech.js'
import type {RowSource} from '../store.js'
import type {GridColumn} from './columns.js'

export interface GridContent {
  readonly source: RowSource
  readonly table: TableName
  readonly revision: number
  readonly speech: Speech
  readonly choice: Choice
  /** Rows that the filter lets through. */
  readonly count: number
  /** Rows to keep room for while the first are on their way. */
  readonly bones: number
}

/** What the reader asks of the grid and others do. */
export interface GridActions {
  open(table: TableName, row: number): void
  sort(table: TableName, column: GridColumn): void
  resize(table: TableName, column: string, width: number): void
  copy(text: string): void
  /** Other columns are in view than before. */
  laidOut(): void
}
