// The one file that touches the Emscripten output (web/generated, made by
// scripts/build). Each session is a WebAssembly instance of its own, so that
// letting it go lets all of its memory go.

import createPrecision, {type MainModule, type Session as RawSession} from '../generated/precision.js'
import {SessionError} from './errors.js'
import {writeExport} from './export.js'
import type {Session, SessionOptions} from './session.js'
import {audit, pull} from './steps.js'
import {WasmTable, type Table} from './table.js'
import type {
  AnyTableName,
  ChartName,
  ExportOptions,
  KeyFieldsVerdict,
  KeyVerdict,
  Outcome,
  PermissionReport,
  PullBatch,
  PullIteration,
  PullOptions,
  PullProgress,
  SessionEvent,
  TableName,
} from './types.js'

const usualTables: readonly TableName[] = ['customers', 'invoices', 'payments', 'subscriptions']

/** About a frame; events of one kind within it are told once. */
const eventIntervalMs = 16

const encoder = new TextEncoder()

/**
 * Requests at a time that the way to the proxy carries. Over HTTP/1.1 a browser opens six connections;
 * what it queues beyond would only wait, and run into its timeout.
 */
function requestsAtOnce(proxy: string): number {
  const {location} = globalThis as {location?: Location}
  if (!location) return 60
  const {origin} = new URL(proxy, location.href)
  const protocol = [...performance.getEntriesByType('resource'), ...performance.getEntriesByType('navigation')]
    .filter(({name}) => name.startsWith(`${origin}/`))
    .map((entry) => (entry as PerformanceResourceTiming).nextHopProtocol)
    .find((name) => name !== '')
  if (protocol === undefined) return 60
  return protocol.startsWith('http/') ? 12 : 240
}

/** Bytes for rows: a part of what the device says it has, which is 8 GB at most. */
function memoryForRows(): number {
  const {deviceMemory = 4} = globalThis.navigator as {deviceMemory?: number}
  return deviceMemory * 2 ** 28
}

class WasmSession implements Session {
  #raw: RawSession
  #module: MainModule
  #listeners = new Set<(event: SessionEvent) => void>()
  readonly #tables = new Map<AnyTableName, Table>()
  #pending = new Map<string, SessionEvent>()
  #timer: ReturnType<typeof setTimeout> | undefined
  #disposed = false
  #exporting = false
  readonly #proxy: string
  readonly #onOnline = (): void => {
    this.#raw.online()
  }

  constructor(module: MainModule, {proxy, account = '', checkWrite, policy}: SessionOptions) {
    this.#module = module
    this.#proxy = proxy
    const seed = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0
    this.#raw = new module.Session(proxy, seed, (kind, table) => this.#queue(kind, table))
    this.#raw.useAccount(account)
    this.#raw.checkWrite(checkWrite ?? false)
    if (policy !== undefined) {
      const taken = this.#raw.usePolicy(JSON.stringify(policy))
      if (!taken.ok) {
        this.#raw.delete()
        throw new SessionError(taken.error.code)
      }
    }
    globalThis.addEventListener('online', this.#onOnline)
  }

  checkKey(text: string): KeyVerdict {
    this.#write(text)
    return this.#raw.checkKey()
  }

  checkFields(first: string, second: string): KeyFieldsVerdict {
    return this.#raw.checkFields(this.#write(first, second))
  }

  useKey(text: string): Outcome<KeyVerdict> {
    this.#write(text)
    return this.#raw.useKey()
  }

  handOverKey(): Uint8Array | null {
    const view = this.#raw.handOverKey()
    if (view.length === 0) return null
    const key = view.slice()
    view.fill(0)
    return key
  }

  createKeyUrl(live: boolean): string {
    return this.#raw.createKeyUrl(live)
  }

  startAudit(scope: 'everything' | 'again'): Outcome<null> {
    return this.#raw.startAudit(scope === 'again')
  }

  report(): PermissionReport {
    return JSON.parse(this.#raw.report()) as PermissionReport
  }

  startPull(tables: readonly AnyTableName[] = usualTables, options: PullOptions = {}): Outcome<null> {
    return this.#raw.startPull(tables, {
      maxInFlight: requestsAtOnce(this.#proxy),
      memoryLimit: memoryForRows(),
      ...options,
    })
  }

  addToPull(tables: readonly AnyTableName[]): Outcome<null> {
    return this.#raw.addToPull(tables)
  }

  audit(options?: Parameters<Session['audit']>[0]): Promise<PermissionReport> {
    return audit(this, options)
  }

  pull(
    tables: readonly AnyTableName[] = usualTables,
    options: PullIteration = {},
  ): AsyncGenerator<PullBatch, void, undefined> {
    return pull(this, tables, options)
  }

  pause(): void {
    this.#raw.pause()
  }

  resume(): void {
    this.#raw.resume()
  }

  cancel(): void {
    this.#raw.cancel()
  }

  progress(): PullProgress {
    return this.#raw.progress()
  }

  pullPlan(): string {
    return this.#raw.pullPlan()
  }

  table(name: AnyTableName): Table {
    const known = this.#tables.get(name)
    if (known) return known
    const table = new WasmTable(this.#raw, name)
    this.#tables.set(name, table)
    return table
  }

  metrics(table: AnyTableName): ReturnType<Session['metrics']> {
    return this.#raw.figures(table)
  }

  chart(name: ChartName): ReturnType<Session['chart']> {
    return this.#raw.chart(name)
  }

  async export(table: AnyTableName, options: ExportOptions): Promise<Blob> {
    if (this.#exporting) throw new SessionError('not_ready')
    this.#exporting = true
    try {
      return await writeExport(this.#raw, table, options, () => this.#disposed)
    } finally {
      this.#exporting = false
      if (!this.#disposed) this.#raw.nextExport(0)
    }
  }

  issues(): ReturnType<Session['issues']> {
    return this.#raw.issues()
  }

  minorUnitDigits(currency: string): number {
    return this.#raw.minorUnitDigits(currency)
  }

  onEvent(listener: (event: SessionEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  dispose(): void {
    if (this.#disposed) return
    this.#disposed = true
    clearTimeout(this.#timer)
    globalThis.removeEventListener('online', this.#onOnline)
    this.#listeners.clear()
    this.#pending.clear()
    this.#raw.delete()
    // No row may outlive the session, not even in freed memory.
    this.#module.HEAPU8.fill(0)
  }

  /** Hands text over as bytes; returns the length in bytes of `first`. */
  #write(first: string, second = ''): number {
    const a = encoder.encode(first)
    const b = encoder.encode(second)
    const input = this.#raw.input(a.length + b.length)
    input.set(a, 0)
    input.set(b, a.length)
    const length = a.length
    a.fill(0)
    b.fill(0)
    return length
  }

  #queue(kind: string, table: string): void {
    const event =
      kind === 'rows' || kind === 'table-settled' ? {kind, table} : {kind}
    this.#pending.set(`${kind} ${'table' in event ? table : ''}`, event as SessionEvent)
    this.#timer ??= setTimeout(() => this.#tell(), eventIntervalMs)
  }

  #tell(): void {
    this.#timer = undefined
    const events = [...this.#pending.values()]
    this.#pending.clear()
    for (const event of events) {
      for (const listener of this.#listeners) listener(event)
    }
  }
}

// By itself the module streams while it compiles. With a hash the browser holds the bytes back until
// they are all there and right.
async function loadModule({wasmUrl, wasmIntegrity}: SessionOptions): Promise<MainModule> {
  const located = wasmUrl === undefined ? {} : {locateFile: () => wasmUrl}
  if (wasmIntegrity === undefined) return createPrecision(located)
  const failed = Promise.withResolvers<never>()
  const loaded = createPrecision({
    instantiateWasm(imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance) => void) {
      const url = wasmUrl ?? new URL('precision.wasm', import.meta.url).href
      // eslint-disable-next-line no-restricted-globals -- the module itself, from the page's own server
      WebAssembly.instantiateStreaming(fetch(url, {integrity: wasmIntegrity}), imports)
        .then(({instance}) => {
          done(instance)
        })
        .catch(failed.reject)
      return {}
    },
  })
  return Promise.race([loaded, failed.promise])
}

/** Loads the module (once a session: see above) and opens a session. */
export async function openSession(options: SessionOptions): Promise<Session> {
  return new WasmSession(await loadModule(options), options)
}

/** The module's own list, for the test that compares it to `errorCodes`. */
export async function moduleErrorCodes(): Promise<readonly string[]> {
  const module = await createPrecision({})
  return module.Session.errorCodes()
}
