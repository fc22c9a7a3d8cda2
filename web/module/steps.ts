// An audit and a pull as one call each, over the session's commands and events.

import {SessionError} from './errors.js'
import type {Session} from './session.js'
import type {AnyTableName, PermissionReport, PullBatch, PullIteration} from './types.js'

/** Rows of one batch at most: what a page turns into objects at once. */
const BATCH_ROWS = 1000

interface Ended {
  readonly signal?: AbortSignal | undefined
}

/** Ends the session's work when the signal says so, and never leaves a listener behind. */
async function whileNotAborted<T>(session: Session, {signal}: Ended, work: () => Promise<T>): Promise<T> {
  signal?.throwIfAborted()
  if (!signal) return work()
  const aborted = Promise.withResolvers<never>()
  const onAbort = (): void => {
    session.cancel()
    aborted.reject(signal.reason as Error)
  }
  signal.addEventListener('abort', onAbort, {once: true})
  try {
    return await Promise.race([work(), aborted.promise])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}

export async function audit(
  session: Session,
  options: Ended & {readonly scope?: 'everything' | 'again'} = {},
): Promise<PermissionReport> {
  return whileNotAborted(session, options, async () => {
    const done = Promise.withResolvers<undefined>()
    const stop = session.onEvent((event) => {
      if (event.kind === 'audit-done') done.resolve(undefined)
    })
    try {
      const started = session.startAudit(options.scope ?? 'everything')
      if (!started.ok) throw new SessionError(started.error.code)
      await done.promise
      return session.report()
    } finally {
      stop()
    }
  })
}

/** Reads the rows that have come since the last call, table by table. */
class Arrivals {
  readonly #session: Session
  readonly #wanted: Readonly<Partial<Record<AnyTableName, readonly string[]>>>
  readonly #tables: readonly AnyTableName[]
  readonly #read = new Map<AnyTableName, number>()

  constructor(session: Session, tables: readonly AnyTableName[], wanted: PullIteration['columns'] = {}) {
    this.#session = session
    this.#tables = tables
    this.#wanted = wanted
    // A pull after another: what was there before is not told again.
    for (const table of tables) this.#read.set(table, session.table(table).rowCount)
  }

  *next(): Generator<PullBatch> {
    for (const table of this.#tables) {
      const source = this.#session.table(table)
      const columns = this.#wanted[table] ?? source.columns.map(({name}) => name)
      for (;;) {
        const start = this.#read.get(table) ?? 0
        const cells = source.arrived(columns, start, BATCH_ROWS)
        const count = cells[0]?.length ?? 0
        if (count === 0) break
        this.#read.set(table, start + count)
        yield {table, start, count, columns: Object.fromEntries(columns.map((name, i) => [name, cells[i] ?? []]))}
      }
    }
  }
}

export async function* pull(
  session: Session,
  tables: readonly AnyTableName[],
  {signal, columns, ...options}: PullIteration,
): AsyncGenerator<PullBatch, void, undefined> {
  signal?.throwIfAborted()
  const arrivals = new Arrivals(session, tables, columns)
  let news = Promise.withResolvers<undefined>()
  let ended = false
  const stop = session.onEvent(({kind}) => {
    if (kind !== 'rows' && kind !== 'pull-done') return
    ended ||= kind === 'pull-done'
    news.resolve(undefined)
  })
  try {
    const started = session.startPull(tables, options)
    if (!started.ok) throw new SessionError(started.error.code)
    for (let last = false; !last; ) {
      const {promise} = news
      await whileNotAborted(session, {signal}, () => promise)
      news = Promise.withResolvers()
      last = ended
      yield* arrivals.next()
    }
  } finally {
    stop()
    // The reader left before the end: nothing more is asked for.
    if (!ended) session.cancel()
  }
}
