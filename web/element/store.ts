// The page's state machine: requests in, state out. Drives at most two sessions
// (the one that is connected and the one that tries a new key) and commits a
// step only when the session has confirmed it. No DOM; the key passes through
// `connect` and is kept nowhere here.

import {SessionError} from '../module/errors.js'
import type {Session} from '../module/session.js'
import type {
  ErrorCode,
  KeyFieldsVerdict,
  KeyVerdict,
  PermissionReport,
  PullOptions,
  SessionEvent,
} from '../module/types.js'
import {Live} from './live.js'
import {Countdown, type After} from './rates.js'
import {isAllRight, isPassing, type KeyLabel, type Notice, type Request, type State} from './state.js'

export interface StoreParts {
  readonly openSession: () => Promise<Session>
  /** Milliseconds, as Date.now(). */
  readonly now: () => number
  /** Calls once after so many milliseconds; returns its undo. */
  readonly after: After
  readonly pullOptions?: () => PullOptions
}

const RETRY_WAITS_S = [5, 10, 20, 40, 60]

const start: State = {
  module: 'loading',
  phase: 'form',
  fields: null,
  repairUndone: false,
  refused: null,
  candidate: null,
  report: null,
  recheck: false,
  retry: null,
  ticked: new Set(),
  connection: null,
  confirmDisconnect: false,
  createUrl: '',
}

/** The connected session as what stands below it reads it, without its commands. */
export type RowSource = Pick<Session, 'table' | 'chart' | 'export' | 'minorUnitDigits'>

export class Store {
  readonly #parts: StoreParts
  readonly #listeners = new Set<(state: State) => void>()
  readonly #noticed: (notice: Notice) => void
  #state: State = start
  #candidate: Session | null = null
  #live: Live | null = null
  #opening = 0
  readonly #countdown: Countdown
  #retries = 0
  #lastChecked = ''

  constructor(parts: StoreParts, noticed: (notice: Notice) => void = () => undefined) {
    this.#parts = parts
    this.#countdown = new Countdown(parts.after)
    this.#noticed = noticed
  }

  getState(): State {
    return this.#state
  }

  subscribe(listener: (state: State) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** The connected session's rows, or null. */
  get rows(): RowSource | null {
    return this.#live?.session ?? null
  }

  /** Those of the session that is to be connected: none as yet. */
  get rowsToCome(): RowSource | null {
    return this.#candidate
  }

  /** See `Session.handOverKey()`; of the connected session alone. */
  handOverKey(): Uint8Array | null {
    return this.#live?.session.handOverKey() ?? null
  }

  /** Any session will do to count decimals. */
  minorUnitDigits(currency: string): number {
    return (this.rows ?? this.#candidate)?.minorUnitDigits(currency) ?? 2
  }

  /** Loads the module, so that the first keystroke is answered at once. */
  start(): void {
    if (!this.#candidate && !this.#live) void this.#open()
  }

  /** Wipes everything; the store can be started again. */
  close(): void {
    this.#opening++
    this.#countdown.stop()
    this.#candidate?.dispose()
    this.#live?.dispose()
    this.#candidate = null
    this.#live = null
    this.#state = start
  }

  dispatch(request: Request): void {
    switch (request.type) {
      case 'fields':
        return this.#checkFields(request.first, request.second)
      case 'undo-repair':
        return this.#commit({repairUndone: true})
      case 'redo-repair':
        return this.#commit({repairUndone: false})
      case 'connect':
        return this.#connect(request.text)
      case 'cancel':
        return this.#cancelCheck()
      case 'check-again':
        if (this.#state.phase === 'connected') return this.#live?.recheck()
        return this.#audit(this.#state.report?.whole === null ? 'again' : 'everything')
      case 'go-on':
        if (this.#state.phase === 'connected') return this.#live?.putAside()
        return this.#state.phase === 'verdict' ? this.#adopt(false) : undefined
      case 'another-key':
        return this.#toForm(null)
      case 'tick':
        return this.#tick(request.permissions, request.on)
      case 'pause':
        return this.#live?.pause()
      case 'resume':
        return this.#live?.resume()
      case 'stop':
        return this.#live?.stop()
      case 'pull-rest':
        return this.#live?.pullRest()
      case 'recheck-tables':
        return this.#live?.recheck()
      case 'show':
        return this.#live?.show(request.table)
      case 'reconnect':
        return this.#state.connection ? this.#toForm(null) : undefined
      case 'keep-old-key':
        return this.#keepOldKey()
      case 'ask-disconnect':
        return this.#commit({confirmDisconnect: true})
      case 'keep-connected':
        return this.#commit({confirmDisconnect: false})
      case 'disconnect':
        return this.#disconnect()
      case 'reload-module':
        this.#commit({module: 'loading'})
        return void this.#open()
    }
  }

  // --- the module and the form ------------------------------------------------

  async #open(): Promise<void> {
    const turn = ++this.#opening
    try {
      const session = await this.#parts.openSession()
      // Closed or disconnected meanwhile: this one is not wanted any more.
      if (turn !== this.#opening) return session.dispose()
      this.#candidate = session
      session.onEvent((event) => {
        this.#onEvent(session, event)
      })
      this.#commit({module: 'ready', createUrl: session.createKeyUrl(true)})
    } catch (error) {
      if (turn !== this.#opening) return
      this.#commit({module: 'failed'})
      const code = error instanceof SessionError ? error.code : 'internal'
      this.#noticed({type: 'error', detail: {code}})
    }
  }

  /** What a key would be told that is typed so far; nothing comes of it. Null without a module. */
  judge(text: string): KeyFieldsVerdict | null {
    return this.#candidate?.checkFields(text, '') ?? null
  }

  #checkFields(first: string, second: string): void {
    if (!this.#candidate || this.#state.phase !== 'form') return
    const fields = this.#candidate.checkFields(first, second)
    const touched = first !== '' || second !== ''
    this.#commit({
      fields,
      repairUndone: false,
      refused: touched ? null : this.#state.refused,
    })
    const {ready, error} = fields
    const {mode, redacted} = fields.first
    const said = JSON.stringify([ready, error, mode, redacted])
    if (said === this.#lastChecked) return
    this.#lastChecked = said
    this.#noticed({type: 'key-checked', detail: {ready, error, mode, redacted}})
  }

  #connect(text: string): void {
    const {phase, fields, repairUndone} = this.#state
    if (phase !== 'form' || !this.#candidate || !fields?.ready || repairUndone) return
    const taken = this.#candidate.useKey(text)
    if (!taken.ok) return this.#fail(taken.error.code)
    this.#commit({candidate: label(taken.value), fields: null, refused: null})
    this.#audit('everything')
  }

  #tick(permissions: readonly string[], on: boolean): void {
    const ticked = new Set(this.#state.ticked)
    for (const permission of permissions) {
      if (on) ticked.add(permission)
      else ticked.delete(permission)
    }
    this.#commit({ticked})
  }

  /** Back to empty fields, with a fresh session; data of a connection stays. */
  #toForm(refused: ErrorCode | null): void {
    this.#stopRetry()
    this.#retries = 0
    this.#candidate?.dispose()
    this.#candidate = null
    this.#lastChecked = ''
    this.#commit({
      phase: 'form',
      // What is pasted before the new session is there is judged when it comes.
      module: 'loading',
      fields: null,
      repairUndone: false,
      refused,
      candidate: null,
      report: null,
      recheck: false,
      ticked: new Set(),
      confirmDisconnect: false,
    })
    void this.#open()
  }

  // --- the audit ----------------------------------------------------------------

  #audit(scope: 'everything' | 'again'): void {
    this.#stopRetry()
    if (!this.#candidate) return
    const started = this.#candidate.startAudit(scope)
    if (!started.ok) return this.#fail(started.error.code)
    this.#commit({
      phase: 'checking',
      recheck: scope === 'again',
      report: this.#candidate.report(),
    })
  }

  #cancelCheck(): void {
    if (this.#state.phase !== 'checking' && this.#state.phase !== 'verdict') return
    this.#candidate?.cancel()
    if (this.#state.connection) this.#keepOldKey()
    else this.#toForm(null)
  }

  /**
   * What the four tables need is right: rows need not wait for the rest of the report. A
   * key that is to replace another is looked at to the end, with the old rows in place.
   */
  #mayPull(report: PermissionReport): boolean {
    return report.pullsMayStart && !this.#state.connection
  }

  #onReport(session: Session): void {
    const report = session.report()
    this.#commit({report})
    if (this.#state.phase !== 'checking' || report.complete) return
    if (this.#mayPull(report)) this.#adopt(true)
  }

  #auditDone(session: Session): void {
    // Cancelling ends an audit too; by then the page is elsewhere.
    if (this.#state.phase !== 'checking') return
    const report = session.report()
    this.#noticed({type: 'permissions-checked', detail: report})
    if (report.whole !== null && !isPassing(report.whole)) {
      this.#noticed({type: 'error', detail: {code: report.whole}})
      return this.#toForm(report.whole)
    }
    this.#commit({report})
    if (isAllRight(report) || this.#mayPull(report)) return this.#adopt(true)
    this.#commit({phase: 'verdict'})
    if (report.whole !== null) {
      this.#noticed({type: 'error', detail: {code: report.whole}})
      this.#scheduleRetry()
    }
  }

  #scheduleRetry(): void {
    const attempt = this.#retries++
    const wait = RETRY_WAITS_S[attempt]
    if (wait === undefined) return
    this.#countdown.start(
      wait,
      (left) => {
        this.#commit({retry: {attempt, wait: left}})
      },
      () => {
        this.#audit('everything')
      },
    )
  }

  #stopRetry(): void {
    this.#countdown.stop()
    if (this.#state.retry) this.#commit({retry: null})
  }

  // --- the connection --------------------------------------------------------

  /** The candidate is proven, or the reader goes on with what it can read, having seen the rest. */
  #adopt(standing: boolean): void {
    const session = this.#candidate
    const key = this.#state.candidate
    if (!session || !key) return
    this.#countdown.stop()
    this.#live?.dispose()
    this.#candidate = null
    this.#retries = 0
    const live = new Live(session, key, this.#state.connection?.shown ?? 'customers', standing, {
      now: this.#parts.now,
      after: this.#parts.after,
      pullOptions: this.#parts.pullOptions ?? (() => ({})),
      changed: (connection) => {
        this.#commit({connection})
      },
      noticed: this.#noticed,
    })
    this.#live = live
    this.#commit({
      phase: 'connected',
      candidate: null,
      report: null,
      refused: null,
      retry: null,
      connection: live.connection,
    })
    this.#noticed({type: 'connected', detail: key})
    live.pull()
  }

  #keepOldKey(): void {
    if (!this.#state.connection) return
    this.#stopRetry()
    this.#opening++
    this.#candidate?.dispose()
    this.#candidate = null
    this.#commit({
      phase: 'connected',
      module: 'ready',
      fields: null,
      refused: null,
      candidate: null,
      report: null,
    })
  }

  #disconnect(): void {
    this.#live?.dispose()
    this.#live = null
    this.#commit({connection: null})
    this.#toForm(null)
    this.#noticed({type: 'disconnected', detail: null})
  }

  // --- what the sessions tell --------------------------------------------------

  #onEvent(session: Session, event: SessionEvent): void {
    if (session === this.#live?.session) return this.#live.onEvent(event)
    if (session !== this.#candidate) return
    if (event.kind === 'report') this.#onReport(session)
    else if (event.kind === 'audit-done') this.#auditDone(session)
  }

  // --- ground --------------------------------------------------------------------

  #fail(code: ErrorCode): void {
    this.#noticed({type: 'error', detail: {code}})
    this.#toForm(code)
  }

  #commit(change: Partial<State>): void {
    this.#state = {...this.#state, ...change}
    for (const listener of this.#listeners) listener(this.#state)
  }
}

function label(verdict: KeyVerdict): KeyLabel {
  return {redacted: verdict.redacted, mode: verdict.mode}
}
