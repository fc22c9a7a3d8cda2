// One export at a time: how far it is, and the way to stop it. No DOM; where the file
// goes is the element's.

import {exportTypes} from '../module/export.js'
import type {ExportFormat, KeyMode, TableName} from '../module/types.js'
import type {RowSource} from './store.js'

export type ExportStatus =
  | {readonly state: 'idle' | 'failed'}
  | {readonly state: 'running'; readonly done: number; readonly total: number}
  | {readonly state: 'done'; readonly name: string}

export interface ExportRequest {
  readonly table: TableName
  readonly format: ExportFormat
  readonly rows: 'shown' | 'all'
  /** In view now; all of them for `all`. */
  readonly columns: readonly string[]
  readonly mode: KeyMode | null
}

/** stripe-invoices-test-2026-01-31.csv */
export function fileName({table, format, mode}: ExportRequest, now: Date): string {
  return `stripe-${table}-${mode ?? 'live'}-${now.toISOString().slice(0, 10)}.${exportTypes[format].extension}`
}

export class Exporter {
  readonly #save: (file: Blob, name: string) => void
  readonly #changed: () => void
  #status: ExportStatus = {state: 'idle'}
  #stop: AbortController | null = null

  constructor(save: (file: Blob, name: string) => void, changed: () => void) {
    this.#save = save
    this.#changed = changed
  }

  get status(): ExportStatus {
    return this.#status
  }

  async start(source: RowSource, request: ExportRequest, now: Date): Promise<void> {
    if (this.#stop) return
    const stop = new AbortController()
    this.#stop = stop
    this.#set({state: 'running', done: 0, total: 0})
    try {
      const {table, format, rows, columns} = request
      const file = await source.export(table, {
        format,
        rows,
        ...(rows === 'shown' ? {columns} : {}),
        signal: stop.signal,
        onProgress: (done, total) => {
          this.#set({state: 'running', done, total})
        },
      })
      const name = fileName(request, now)
      this.#save(file, name)
      this.#set({state: 'done', name})
    } catch {
      this.#set({state: stop.signal.aborted ? 'idle' : 'failed'})
    } finally {
      this.#stop = null
    }
  }

  cancel(): void {
    this.#stop?.abort()
  }

  /** What was said of the last one is old news. */
  forget(): void {
    this.cancel()
    this.#set({state: 'idle'})
  }

  #set(status: ExportStatus): void {
    this.#status = status
    this.#changed()
  }
}
