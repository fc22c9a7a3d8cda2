// Tables as files. The module writes some rows at a time into its own memory, from
// where they go into a Blob; between two turns the page has its frame.

import {SessionError} from './errors.js'
import type {AnyTableName, ColumnSchema, ExportFormat, ExportOptions} from './types.js'

/** What a turn may take: a third of a frame, well below what is felt. */
const TURN_MS = 6
const FIRST_ROWS = 500
const MOST_ROWS = 16_384
const PIECE_BYTES = 2 ** 20

export const exportTypes: Record<ExportFormat, {readonly extension: string; readonly type: string}> = {
  csv: {extension: 'csv', type: 'text/csv;charset=utf-8'},
  json_lines: {extension: 'jsonl', type: 'application/jsonl'},
  arrow: {extension: 'arrows', type: 'application/vnd.apache.arrow.stream'},
}

/** The module's part of it. */
export interface ExportSource {
  columns(table: string): readonly ColumnSchema[]
  startExport(table: string, columns: readonly string[], format: string, all: boolean): number
  nextExport(rows: number): Uint8Array
}

/** What a batch of rows becomes on its way into the file. */
export interface Encoder {
  /** `bytes` are the module's own: to be copied. */
  batch(bytes: Uint8Array, rows: number): readonly Uint8Array<ArrayBuffer>[]
  end(): readonly Uint8Array<ArrayBuffer>[]
}

const asItIs: Encoder = {
  batch: (bytes) => [bytes.slice()],
  end: () => [],
}

/** Those asked for, in their order, each money column's currency with it. */
export function columnsOf(
  schema: readonly ColumnSchema[],
  wanted: readonly string[] = schema.map(({name}) => name),
): readonly ColumnSchema[] {
  const columns = new Map<string, ColumnSchema>()
  const add = (name: string): void => {
    const column = schema.find((one) => one.name === name)
    if (!column) return
    columns.set(name, column)
    if (column.currencyColumn !== '') add(column.currencyColumn)
  }
  for (const name of wanted) add(name)
  return [...columns.values()]
}

/** A Blob of many bytes takes as long to make as they are many; one of Blobs takes no time. */
class Pieces {
  readonly #blobs: Blob[] = []
  #parts: Uint8Array<ArrayBuffer>[] = []
  #size = 0

  add(parts: readonly Uint8Array<ArrayBuffer>[]): void {
    this.#parts.push(...parts)
    this.#size += parts.reduce((sum, {byteLength}) => sum + byteLength, 0)
    if (this.#size >= PIECE_BYTES) this.#close()
  }

  whole(type: string): Blob {
    this.#close()
    return new Blob(this.#blobs, {type})
  }

  #close(): void {
    this.#blobs.push(new Blob(this.#parts))
    this.#parts = []
    this.#size = 0
  }
}

/** Lets the page draw and answer. Not a timer: those wait longer each time they are nested. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    const {port1, port2} = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(null)
  })
}

export async function writeExport(
  raw: ExportSource,
  table: AnyTableName,
  {format, columns, rows = 'all', signal, onProgress}: ExportOptions,
  isDisposed: () => boolean,
): Promise<Blob> {
  const check = (): void => {
    signal?.throwIfAborted()
    if (isDisposed()) throw new SessionError('cancelled')
  }
  check()
  const chosen = columnsOf(raw.columns(table), columns)
  // A megabyte that only those load who ask for it.
  const encoder = format === 'arrow' ? (await import('./arrow.js')).arrowEncoder(table, chosen) : asItIs
  check()
  const names = chosen.map(({name}) => name)
  const total = raw.startExport(table, names, format, rows === 'all')
  const file = new Pieces()
  let size = FIRST_ROWS
  let done = 0
  do {
    const started = performance.now()
    const count = Math.min(size, total - done)
    file.add(encoder.batch(raw.nextExport(size), count))
    done += count
    onProgress?.(done, total)
    const took = Math.max(performance.now() - started, 0.1)
    size = Math.round(Math.min(Math.max((size * TURN_MS) / took, size / 4, 1), size * 2, MOST_ROWS))
    await nextTurn()
    check()
  } while (done < total)
  file.add(encoder.end())
  return file.whole(exportTypes[format].type)
}
