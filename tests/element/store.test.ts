// The state machine, step by step. The session here is a hand-driven double: what it
// decides is tested on the real one in tests/module, tests/scenario and tests/browser.

import assert from 'node:assert/strict'
import {test} from 'node:test'
import {isAllRight, toChange, type Notice} from '../../web/element/state.js'
import {Store} from '../../web/element/store.js'
import type {Session} from '../../web/module/session.js'
import type {
  ErrorCode,
  Finding,
  KeyVerdict,
  PermissionReport,
  PullState,
  SessionEvent,
  TableName,
} from '../../web/module/types.js'

const KEY = 'rk_live_' + 'x'.repeat(95) + 'wXyZ'
const OTHER = 'rk_live_' + 'y'.repeat(95) + 'AbCd'
const allTables: readonly TableName[] = ['customers', 'invoices', 'payments', 'subscriptions']

const emptyReport: PermissionReport = {
  version: 1,
  policy: '',
  sentences: [],
  writeChecked: false,
  secondRow: 'not_known',
  findings: [],
  whole: null,
  answered: 0,
  asked: 1,
  complete: false,
  pullsMayStart: false,
  editUrl: 'https://dashboard.stripe.com/apikeys',
}

function finding(permission: string, verdict: Finding['verdict'], more: Partial<Finding> = {}): Finding {
  return {
    permission,
    column: 'account',
    section: 'Core',
    label: permission,
    verdict,
    wanted: verdict === 'excess' ? 'none' : 'read',
    shown: verdict === 'missing' ? 'none' : 'read_or_more',
    weight: weights[verdict],
    reason: null,
    implied: false,
    writeUnchecked: false,
    neededByPull: false,
    connectColumn: false,
    offersWrite: true,
    rule: -1,
    tables: [],
    hint: '',
    ...more,
  }
}

const weights: Record<Finding['verdict'], Finding['weight']> = {
  read: 'right',
  missing: 'missing',
  excess: 'excess',
  none: 'right',
  off: 'right',
  cannot_be_shown: 'look',
  unchecked: 'unchecked',
  pending: 'unchecked',
}

/** Says what it is told to say, and writes down what was asked of it. */
class HandSession implements Session {
  asked: string[] = []
  disposed = false
  now: PermissionReport = emptyReport
  states: Record<TableName, {state: PullState; rows: number; error: ErrorCode | null}> = {
    customers: {state: 'waiting', rows: 0, error: null},
    invoices: {state: 'waiting', rows: 0, error: null},
    payments: {state: 'waiting', rows: 0, error: null},
    subscriptions: {state: 'waiting', rows: 0, error: null},
  }
  pulled: readonly TableName[] = allTables
  paused = false
  #listeners = new Set<(event: SessionEvent) => void>()

  tell(event: SessionEvent): void {
    for (const listener of this.#listeners) listener(event)
  }
  auditGoesOn(report: Partial<PermissionReport>): void {
    this.now = {...emptyReport, answered: 1, asked: 2, ...report}
    this.tell({kind: 'report'})
  }
  auditEnds(report: Partial<PermissionReport>): void {
    this.now = {...emptyReport, answered: 1, complete: true, ...report}
    this.tell({kind: 'audit-done'})
  }

  checkKey(text: string): KeyVerdict {
    const good = text.startsWith('rk_')
    return {
      error: text === '' ? 'key_empty' : good ? null : 'key_unrecognized',
      mode: good ? 'live' : null,
      redacted: good ? `rk_live_\u2022\u2022\u2022\u2022${text.slice(-4)}` : '',
      repairs: [],
      length: text.length,
      lengthUnusual: false,
      badCharacter: '',
      badPosition: 0,
      objectKind: '',
      keysFound: good ? 1 : 0,
    }
  }
  checkFields(first: string, second: string): ReturnType<Session['checkFields']> {
    const verdict = this.checkKey(first)
    return {
      first: verdict,
      second: this.checkKey(second),
      error: verdict.error,
      ready: verdict.error === null && second === '',
    }
  }
  useKey(text: string): ReturnType<Session['useKey']> {
    this.asked.push('useKey')
    return {ok: true, value: this.checkKey(text)}
  }
  handOverKey(): Uint8Array | null {
    return new TextEncoder().encode('rk_')
  }
  audit(): never {
    throw new Error('the store follows events')
  }
  pull(): never {
    throw new Error('the store follows events')
  }
  createKeyUrl(): string {
    return 'https://dashboard.stripe.com/apikeys/create'
  }
  startAudit(scope: 'everything' | 'again'): ReturnType<Session['startAudit']> {
    this.asked.push(`audit ${scope}`)
    this.now = emptyReport
    return {ok: true, value: null}
  }
  report(): PermissionReport {
    return this.now
  }
  startPull(tables: readonly TableName[] = allTables): ReturnType<Session['startPull']> {
    this.asked.push(`pull ${tables.join(' ')}`)
    this.pulled = tables
    return {ok: true, value: null}
  }
  addToPull(tables: readonly TableName[]): ReturnType<Session['addToPull']> {
    this.asked.push(`add ${tables.join(' ')}`)
    for (const table of tables) this.states[table] = {state: 'waiting', rows: 0, error: null}
    return {ok: true, value: null}
  }
  pause(): void {
    this.paused = true
  }
  resume(): void {
    this.asked.push('resume')
    this.paused = false
  }
  cancel(): void {
    this.asked.push('cancel')
  }
  progress(): ReturnType<Session['progress']> {
    const tables = this.pulled.map((table) => ({table, share: 0.5, ...this.states[table]}))
    return {
      tables,
      share: 0.5,
      rowsPerSecond: 0,
      remaining: null,
      waitingFor: null,
      waitingSeconds: null,
      requests: 0,
      requestsExpected: null,
      asking: false,
      paused: this.paused,
      settled: tables.every(({state}) => ['complete', 'partial', 'refused'].includes(state)),
    }
  }
  pullPlan(): string {
    return ''
  }
  table(name: TableName): ReturnType<Session['table']> {
    const {rows} = this.states[name]
    return {
      name,
      columns: [],
      rowCount: rows,
      values: () => [],
      setView: () => rows,
      rows: () => ({start: 0, columns: []}),
      arrived: () => [],
    }
  }
  metrics(table: TableName): ReturnType<Session['metrics']> {
    return [{name: `${table}_total`, isMoney: false, count: this.states[table].rows, amounts: [], from: 0}]
  }
  chart(): ReturnType<Session['chart']> {
    return []
  }
  export(): ReturnType<Session['export']> {
    return Promise.resolve(new Blob())
  }
  issues(): ReturnType<Session['issues']> {
    return []
  }
  minorUnitDigits(): number {
    return 2
  }
  onEvent(listener: (event: SessionEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
  dispose(): void {
    this.disposed = true
    this.#listeners.clear()
  }
}

class World {
  readonly sessions: HandSession[] = []
  readonly notices: Notice[] = []
  readonly store: Store
  time = 1_000_000
  failOpen = false
  #timers: {at: number; call: () => void}[] = []

  constructor() {
    this.store = new Store(
      {
        openSession: () => {
          if (this.failOpen) return Promise.reject(new Error('no module'))
          const session = new HandSession()
          this.sessions.push(session)
          return Promise.resolve(session)
        },
        now: () => this.time,
        after: (milliseconds, call) => {
          const timer = {at: this.time + milliseconds, call}
          this.#timers.push(timer)
          return () => {
            this.#timers = this.#timers.filter((other) => other !== timer)
          }
        },
      },
      (notice) => this.notices.push(notice),
    )
  }

  get state(): ReturnType<Store['getState']> {
    return this.store.getState()
  }

  get latest(): HandSession {
    const session = this.sessions.at(-1)
    assert.ok(session)
    return session
  }

  pass(milliseconds: number): void {
    const end = this.time + milliseconds
    for (;;) {
      const [next] = this.#timers.filter(({at}) => at <= end).sort((a, b) => a.at - b.at)
      if (!next) break
      this.#timers = this.#timers.filter((timer) => timer !== next)
      this.time = next.at
      next.call()
    }
    this.time = end
  }

  told(type: Notice['type']): number {
    return this.notices.filter((notice) => notice.type === type).length
  }
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

async function opened(): Promise<World> {
  const world = new World()
  world.store.start()
  await settle()
  return world
}

async function checking(key = KEY): Promise<World> {
  const world = await opened()
  world.store.dispatch({type: 'fields', first: key, second: ''})
  world.store.dispatch({type: 'connect', text: key})
  return world
}

const secondsLeft = (world: World): number | undefined => world.state.retry?.wait

async function connected(): Promise<World> {
  const world = await checking()
  world.latest.auditEnds({findings: [finding('customer', 'read')]})
  return world
}

/** To another key, which is being checked. */
async function reconnect(world: World): Promise<void> {
  world.store.dispatch({type: 'reconnect'})
  await settle()
  world.store.dispatch({type: 'fields', first: OTHER, second: ''})
  world.store.dispatch({type: 'connect', text: OTHER})
}

test('the module is loaded before anything is typed', async () => {
  const world = await opened()
  assert.equal(world.state.module, 'ready')
  assert.equal(world.state.phase, 'form')
  assert.match(world.state.createUrl, /create/)
})

test('a module that does not load says so and can be tried again', async () => {
  const world = new World()
  world.failOpen = true
  world.store.start()
  await settle()
  assert.equal(world.state.module, 'failed')
  world.failOpen = false
  world.store.dispatch({type: 'reload-module'})
  await settle()
  assert.equal(world.state.module, 'ready')
})

test('a text that is only judged changes nothing and is told to nobody', async () => {
  const world = await opened()
  const before = world.state
  assert.equal(world.store.judge(KEY)?.ready, true)
  assert.equal(world.store.judge('nonsense')?.error, 'key_unrecognized')
  assert.equal(world.state, before)
  assert.equal(world.told('key-checked'), 0)
  world.store.close()
  assert.equal(world.store.judge(KEY), null)
})

test('typing is judged at once and told once for each change', async () => {
  const world = await opened()
  world.store.dispatch({type: 'fields', first: 'nonsense', second: ''})
  world.store.dispatch({type: 'fields', first: 'nonsense!', second: ''})
  assert.equal(world.state.fields?.error, 'key_unrecognized')
  assert.equal(world.told('key-checked'), 1)
  world.store.dispatch({type: 'fields', first: KEY, second: ''})
  assert.equal(world.state.fields?.ready, true)
  assert.equal(world.told('key-checked'), 2)
})

test('connect does nothing until the fields are right', async () => {
  const world = await opened()
  world.store.dispatch({type: 'connect', text: KEY})
  world.store.dispatch({type: 'fields', first: KEY, second: 'something'})
  world.store.dispatch({type: 'connect', text: KEY})
  assert.deepEqual(world.latest.asked, [])
  assert.equal(world.state.phase, 'form')
})

test('a repair that was undone keeps Connect off until it is taken back', async () => {
  const world = await opened()
  world.store.dispatch({type: 'fields', first: KEY, second: ''})
  world.store.dispatch({type: 'undo-repair'})
  world.store.dispatch({type: 'connect', text: KEY})
  assert.equal(world.state.phase, 'form')
  world.store.dispatch({type: 'redo-repair'})
  world.store.dispatch({type: 'connect', text: KEY})
  assert.equal(world.state.phase, 'checking')
})

test('the key is nowhere in the state nor in what the host is told', async () => {
  const world = await connected()
  world.latest.tell({kind: 'progress'})
  const everything = JSON.stringify([world.state, world.notices])
  assert.ok(!everything.includes(KEY))
  assert.ok(!everything.includes(KEY.slice(8, 40)))
  assert.ok(everything.includes('wXyZ'))
})

test('when every permission is right the pull starts by itself', async () => {
  const world = await connected()
  assert.equal(world.state.phase, 'connected')
  assert.deepEqual(world.latest.asked, ['useKey', 'audit everything', `pull ${allTables.join(' ')}`])
  assert.equal(world.told('permissions-checked'), 1)
  assert.equal(world.told('connected'), 1)
})

test('a row to change stops before the pull; check again asks only what was wrong', async () => {
  const world = await checking()
  world.latest.auditEnds({findings: [finding('customer', 'missing', {neededByPull: true})]})
  assert.equal(world.state.phase, 'verdict')
  world.store.dispatch({type: 'check-again'})
  assert.equal(world.state.phase, 'checking')
  assert.equal(world.latest.asked.at(-1), 'audit again')
  world.latest.auditEnds({findings: [finding('customer', 'read', {neededByPull: true})]})
  assert.equal(world.state.phase, 'connected')
})

test('rows to change come in the order in which they block', () => {
  const report: PermissionReport = {
    ...emptyReport,
    secondRow: 'empty',
    findings: [
      finding('webhook', 'excess'),
      finding('coupon', 'missing'),
      finding('event', 'read'),
      finding('invoice', 'missing', {weight: 'blocks'}),
      finding('mandate', 'cannot_be_shown'),
    ],
  }
  // The empty second row is one thing to do, and has no name of Stripe's.
  assert.deepEqual(
    toChange(report).map(({permission}) => permission),
    ['invoice', 'coupon', '', 'webhook'],
  )
  assert.equal(isAllRight({...report, findings: []}), false)
  assert.equal(isAllRight({...report, findings: [], secondRow: 'no_accounts'}), true)
})

test('an excess stops too, and the reader may go on with what works', async () => {
  const world = await checking()
  world.latest.auditEnds({findings: [finding('webhook', 'excess')]})
  assert.equal(world.state.phase, 'verdict')
  world.store.dispatch({type: 'go-on'})
  assert.equal(world.state.phase, 'connected')
  assert.match(world.latest.asked.at(-1) ?? '', /^pull/)
})

const neededIsRight = {
  pullsMayStart: true,
  findings: [finding('customer', 'read', {neededByPull: true}), finding('webhook', 'pending')],
} as const

test('rows come while what the pull does not need is still being asked', async () => {
  const world = await checking()
  world.latest.auditGoesOn({findings: neededIsRight.findings})
  assert.equal(world.state.phase, 'checking')
  world.latest.auditGoesOn(neededIsRight)
  assert.equal(world.state.phase, 'connected')
  assert.match(world.latest.asked.at(-1) ?? '', /^pull/)
  assert.equal(world.state.connection?.auditing, true)
  assert.equal(world.told('permissions-checked'), 0)
  world.latest.auditEnds({pullsMayStart: true, findings: [finding('customer', 'read')]})
  assert.equal(world.told('permissions-checked'), 1)
  assert.equal(world.state.connection.auditing, false)
  assert.equal(world.state.connection.standing, false)
  assert.equal(world.latest.asked.filter((asked) => asked.startsWith('pull')).length, 1)
})

test('what the finished report shows to change stands above the rows until it is put aside', async () => {
  const wrong = {pullsMayStart: true, findings: [finding('webhook', 'excess')]}
  const late = await checking()
  late.latest.auditGoesOn(neededIsRight)
  assert.equal(late.state.connection?.standing, false)
  late.latest.auditEnds(wrong)
  // The same key is told the same when all answers come at once.
  const atOnce = await checking()
  atOnce.latest.auditEnds(wrong)
  for (const world of [late, atOnce]) {
    assert.equal(world.state.phase, 'connected')
    assert.equal(world.state.connection?.standing, true)
    assert.equal(world.told('permissions-checked'), 1)
    world.store.dispatch({type: 'check-again'})
    assert.equal(world.latest.asked.at(-1), 'audit again')
    assert.equal(world.state.connection.auditing, true)
    world.latest.auditEnds(wrong)
    assert.equal(world.state.connection.standing, true)
    world.store.dispatch({type: 'go-on'})
    assert.equal(world.state.connection.standing, false)
    world.store.dispatch({type: 'check-again'})
    world.latest.auditEnds({pullsMayStart: true, findings: [finding('webhook', 'none')]})
    assert.equal(world.state.connection.standing, false)
    assert.equal(world.state.connection.failure, null)
  }
})

test('a key that is to replace another is looked at to the end before the old rows go', async () => {
  const world = await connected()
  const old = world.latest
  await reconnect(world)
  world.latest.auditGoesOn(neededIsRight)
  assert.equal(world.state.phase, 'checking')
  world.latest.auditEnds({pullsMayStart: true, findings: [finding('webhook', 'excess')]})
  assert.equal(world.state.phase, 'verdict')
  assert.equal(old.disposed, false)
})

test('what cannot be shown and what the pull does not need holds nobody up', async () => {
  const world = await checking()
  world.latest.auditEnds({
    findings: [finding('sigma', 'cannot_be_shown'), finding('payout', 'unchecked')],
  })
  assert.equal(world.state.phase, 'connected')
})

test('a needed permission that could not be checked asks for another try', async () => {
  const world = await checking()
  world.latest.auditEnds({findings: [finding('invoice', 'unchecked', {neededByPull: true})]})
  assert.equal(world.state.phase, 'verdict')
})

test('a dead key leads back to empty fields, with the reason and a fresh session', async () => {
  for (const whole of ['key_unknown', 'key_expired', 'key_ip_refused', 'key_wrong_mode'] as const) {
    const world = await checking()
    const dead = world.latest
    dead.auditEnds({whole})
    await settle()
    assert.equal(world.state.phase, 'form')
    assert.equal(world.state.refused, whole)
    assert.equal(dead.disposed, true)
    assert.equal(world.state.module, 'ready')
    assert.notEqual(world.latest, dead)
    world.store.dispatch({type: 'fields', first: 'r', second: ''})
    assert.equal(world.state.refused, null)
  }
})

test('what passes keeps the key and tries again by itself, ever more slowly', async () => {
  const world = await checking()
  world.latest.auditEnds({whole: 'network_down'})
  assert.equal(world.state.phase, 'verdict')
  assert.deepEqual(world.state.retry, {attempt: 0, wait: 5})
  world.pass(1000)
  assert.equal(secondsLeft(world), 4)
  world.pass(4000)
  assert.equal(world.state.phase, 'checking')
  assert.equal(world.state.retry, null)
  world.latest.auditEnds({whole: 'network_down'})
  assert.equal(secondsLeft(world), 10)
  world.store.dispatch({type: 'check-again'})
  assert.equal(world.state.phase, 'checking')
  world.pass(60_000)
  assert.equal(world.latest.asked.filter((asked) => asked === 'audit everything').length, 3)
})

test('cancel during the check returns to the fields and wipes the key', async () => {
  const world = await checking()
  const session = world.latest
  world.store.dispatch({type: 'cancel'})
  await settle()
  assert.equal(world.state.phase, 'form')
  assert.equal(session.disposed, true)
  session.auditEnds({})
  assert.equal(world.state.phase, 'form')
})

test('rows, progress and figures follow the session', async () => {
  const world = await connected()
  world.latest.states.customers = {state: 'pulling', rows: 100, error: null}
  world.latest.tell({kind: 'rows', table: 'customers'})
  world.latest.tell({kind: 'progress'})
  const {connection} = world.state
  assert.equal(connection?.tables.customers.revision, 1)
  assert.equal(connection.tables.customers.progress.rows, 100)
  assert.equal(connection.tables.customers.figures.length, 0)
  world.pass(500)
  assert.equal(world.state.connection?.tables.customers.figures[0]?.count, 100)
})

test('the speed of a table is that of about the last second', async () => {
  const world = await connected()
  const {customers} = world.latest.states
  for (const rows of [0, 200, 400]) {
    world.latest.states.customers = {...customers, state: 'pulling', rows}
    world.latest.tell({kind: 'progress'})
    world.pass(1000)
  }
  assert.equal(world.state.connection?.tables.customers.rate, 200)
  world.store.dispatch({type: 'pause'})
  assert.equal(world.state.connection.tables.customers.rate, 0)
})

test('stop keeps what came, and the same pull goes on when the rest is wanted', async () => {
  const world = await connected()
  world.latest.states = {
    customers: {state: 'complete', rows: 10, error: null},
    invoices: {state: 'partial', rows: 5, error: 'cancelled'},
    payments: {state: 'partial', rows: 5, error: 'cancelled'},
    subscriptions: {state: 'refused', rows: 0, error: 'permission_missing'},
  }
  world.store.dispatch({type: 'stop'})
  world.latest.tell({kind: 'pull-done'})
  assert.equal(world.state.connection?.stopped, true)
  world.store.dispatch({type: 'pull-rest'})
  assert.equal(world.latest.asked.at(-1), 'resume')
  assert.equal(world.state.connection.stopped, false)
})

test('the rest of an earlier pull is read by a new one', async () => {
  const world = await connected()
  world.latest.states = {
    customers: {state: 'refused', rows: 0, error: 'permission_missing'},
    invoices: {state: 'partial', rows: 5, error: 'network_down'},
    payments: {state: 'partial', rows: 5, error: 'network_down'},
    subscriptions: {state: 'complete', rows: 9, error: null},
  }
  world.latest.tell({kind: 'pull-done'})
  world.store.dispatch({type: 'recheck-tables'})
  world.latest.auditEnds({findings: [finding('customer', 'read')]})
  assert.equal(world.latest.asked.at(-1), 'pull customers')
  world.latest.states.customers = {state: 'complete', rows: 3, error: null}
  world.latest.tell({kind: 'pull-done'})
  world.store.dispatch({type: 'pull-rest'})
  assert.equal(world.latest.asked.at(-1), 'pull invoices payments')
  // The pull of two tables says nothing of the others.
  assert.equal(world.state.connection?.tables.subscriptions.progress.state, 'complete')
})

test('a refused table is read after its permission was set', async () => {
  const world = await connected()
  for (const name of allTables) {
    world.latest.states[name] = {state: 'complete', rows: 1, error: null}
  }
  world.latest.states.customers = {state: 'refused', rows: 0, error: 'permission_missing'}
  world.latest.tell({kind: 'pull-done'})
  world.store.dispatch({type: 'recheck-tables'})
  assert.equal(world.latest.asked.at(-1), 'audit again')
  world.latest.auditEnds({findings: [finding('customer', 'read')]})
  assert.equal(world.latest.asked.at(-1), 'pull customers')
})

test('permissions are asked again beside a pull, and what they open joins it', async () => {
  const world = await connected()
  world.latest.states = {
    customers: {state: 'refused', rows: 0, error: 'permission_missing'},
    invoices: {state: 'pulling', rows: 5, error: null},
    payments: {state: 'pulling', rows: 5, error: null},
    subscriptions: {state: 'refused', rows: 0, error: 'permission_missing'},
  }
  world.latest.tell({kind: 'progress'})
  world.store.dispatch({type: 'recheck-tables'})
  assert.equal(world.latest.asked.at(-1), 'audit again')
  world.latest.auditEnds({
    findings: [finding('customer', 'read'), finding('subscription', 'missing', {tables: ['subscriptions']})],
  })
  assert.equal(world.latest.asked.at(-1), 'add customers')
  const {tables} = world.state.connection ?? assert.fail()
  assert.equal(tables.customers.progress.state, 'waiting')
  assert.equal(tables.subscriptions.progress.state, 'refused')
})

test('what is allowed just when the pull has ended is read by another', async () => {
  const world = await connected()
  for (const name of allTables) world.latest.states[name] = {state: 'pulling', rows: 1, error: null}
  world.latest.states.customers = {state: 'refused', rows: 0, error: 'permission_missing'}
  world.latest.tell({kind: 'progress'})
  world.store.dispatch({type: 'recheck-tables'})
  // The session is through; the page has not been told.
  for (const name of ['invoices', 'payments', 'subscriptions'] as const) {
    world.latest.states[name] = {state: 'complete', rows: 1, error: null}
  }
  world.latest.auditEnds({findings: [finding('customer', 'read')]})
  assert.equal(world.latest.asked.at(-1), 'pull customers')
})

test('a table that lacked one of its two permissions is read whole once it is set', async () => {
  const world = await connected()
  for (const name of allTables) world.latest.states[name] = {state: 'complete', rows: 1, error: null}
  world.latest.states.payments = {state: 'partial', rows: 5, error: 'permission_missing'}
  world.latest.tell({kind: 'pull-done'})
  world.store.dispatch({type: 'recheck-tables'})
  world.latest.auditEnds({findings: [finding('charge', 'read', {tables: ['payments']})]})
  assert.equal(world.latest.asked.at(-1), 'pull payments')
})

test('a group of rows is ticked off at once, and stays so when it is asked again', async () => {
  const world = await checking()
  const findings = [finding('customer', 'missing', {neededByPull: true})]
  world.latest.auditEnds({findings})
  world.store.dispatch({type: 'tick', permissions: ['a', 'b', 'c'], on: true})
  world.store.dispatch({type: 'tick', permissions: ['b'], on: false})
  world.store.dispatch({type: 'check-again'})
  world.latest.auditEnds({findings})
  assert.deepEqual([...world.state.ticked], ['a', 'c'])
  world.store.dispatch({type: 'go-on'})
  world.store.dispatch({type: 'recheck-tables'})
  assert.deepEqual([...world.state.ticked], ['a', 'c'])
  world.store.dispatch({type: 'another-key'})
  assert.equal(world.state.ticked.size, 0)
})

test('a key that dies during the pull is said once, above the tables', async () => {
  const world = await connected()
  world.latest.states.invoices = {state: 'partial', rows: 50, error: 'key_expired'}
  world.latest.tell({kind: 'pull-done'})
  assert.equal(world.state.connection?.failure, 'key_expired')
  assert.equal(world.told('error'), 1)
})

test('a key that dies under the audit and the pull beside it is said once', async () => {
  const world = await checking()
  world.latest.auditGoesOn(neededIsRight)
  world.latest.states.invoices = {state: 'partial', rows: 50, error: 'key_expired'}
  world.latest.auditEnds({whole: 'key_expired'})
  world.latest.tell({kind: 'pull-done'})
  assert.equal(world.state.phase, 'connected')
  assert.equal(world.state.connection?.failure, 'key_expired')
  assert.equal(world.state.connection.standing, false)
  assert.equal(world.told('error'), 1)
})

test('fields filled before the next session is there are judged when it comes', async () => {
  const world = await connected()
  const seen: string[] = []
  // As the element does: it reads its fields again when the module gets ready.
  let before = world.state.module
  world.store.subscribe(({module}) => {
    if (module === before) return
    before = module
    seen.push(module)
    if (module === 'ready') world.store.dispatch({type: 'fields', first: OTHER, second: ''})
  })
  world.store.dispatch({type: 'reconnect'})
  world.store.dispatch({type: 'fields', first: OTHER, second: ''})
  assert.deepEqual(seen, ['loading'])
  await settle()
  assert.deepEqual(seen, ['loading', 'ready'])
  assert.equal(world.state.fields?.ready, true)
})

test('reconnect keeps the old data until the new key is proven', async () => {
  const world = await connected()
  const old = world.latest
  world.store.dispatch({type: 'reconnect'})
  await settle()
  const candidate = world.latest
  assert.notEqual(candidate, old)
  assert.equal(world.state.phase, 'form')
  assert.equal(world.store.rows, old)
  world.store.dispatch({type: 'fields', first: OTHER, second: ''})
  world.store.dispatch({type: 'connect', text: OTHER})
  assert.equal(old.disposed, false)
  candidate.auditEnds({findings: [finding('customer', 'read')]})
  assert.equal(old.disposed, true)
  assert.equal(world.store.rows, candidate)
  assert.match(world.state.connection?.key.redacted ?? '', /AbCd$/)
})

test('a refused new key leaves the old connection as it was', async () => {
  const world = await connected()
  const old = world.latest
  await reconnect(world)
  world.latest.auditEnds({whole: 'key_unknown'})
  await settle()
  assert.equal(world.state.refused, 'key_unknown')
  assert.equal(old.disposed, false)
  world.store.dispatch({type: 'keep-old-key'})
  assert.equal(world.state.phase, 'connected')
  assert.match(world.state.connection?.key.redacted ?? '', /wXyZ$/)
  assert.equal(world.store.rows, old)
})

test('disconnect wipes the session and starts anew', async () => {
  const world = await connected()
  const session = world.latest
  world.store.dispatch({type: 'ask-disconnect'})
  assert.equal(world.state.confirmDisconnect, true)
  assert.equal(session.disposed, false)
  world.store.dispatch({type: 'disconnect'})
  await settle()
  assert.equal(session.disposed, true)
  assert.equal(world.state.connection, null)
  assert.equal(world.state.phase, 'form')
  assert.equal(world.state.confirmDisconnect, false)
  assert.equal(world.store.rows, null)
  assert.equal(world.told('disconnected'), 1)
})

test('closing disposes of everything, also of a session that is still opening', async () => {
  const world = await connected()
  world.store.dispatch({type: 'reconnect'})
  world.store.close()
  await settle()
  assert.deepEqual(
    world.sessions.map(({disposed}) => disposed),
    [true, true],
  )
})
