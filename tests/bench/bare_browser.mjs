// A Chromium that nobody listens in on but for what is asked here. Playwright has the browser keep each
// response's text for it, in the page's own thread: of a pull of large pages that is the most expensive part.
// https://chromedevtools.github.io/devtools-protocol/

import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {mkdtemp, readFile, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {setTimeout as sleep} from 'node:timers/promises'
import {CATEGORIES, MARK, tasksOf} from './main_thread.mjs'

const WAIT_MS = 120_000
const LOOK_EVERY_MS = 100

class Connection {
  #socket
  #answers = new Map()
  #listeners = new Map()
  #last = 0

  static async to(address) {
    const connection = new Connection()
    connection.#socket = new WebSocket(address)
    await once(connection.#socket, 'open')
    connection.#socket.addEventListener('message', ({data}) => connection.#onMessage(JSON.parse(data)))
    return connection
  }

  on(method, listener) {
    this.#listeners.set(method, listener)
  }

  send(method, params = {}, sessionId = undefined) {
    const id = ++this.#last
    const {promise, resolve, reject} = Promise.withResolvers()
    this.#answers.set(id, {resolve, reject})
    this.#socket.send(JSON.stringify({id, method, params, sessionId}))
    return promise
  }

  close() {
    this.#socket.close()
  }

  #onMessage({id, method, params, result, error}) {
    if (id === undefined) return this.#listeners.get(method)?.(params)
    const {resolve, reject} = this.#answers.get(id)
    this.#answers.delete(id)
    if (error) reject(new Error(error.message))
    else resolve(result)
  }
}

class BarePage {
  #connection
  #session

  constructor(connection, session) {
    this.#connection = connection
    this.#session = session
  }

  /** The value of an expression in the page, e.g. `document.title`. */
  async evaluate(expression) {
    const {result, exceptionDetails} = await this.#connection.send(
      'Runtime.evaluate',
      {expression, awaitPromise: true, returnByValue: true},
      this.#session,
    )
    // The text of what was asked may hold the key.
    if (exceptionDetails) throw new Error(`in the page: ${exceptionDetails.text}`)
    return result.value
  }

  /** Until the expression is true in the page. */
  async until(expression) {
    const until = Date.now() + WAIT_MS
    while (!(await this.#isTrue(expression))) {
      if (Date.now() > until) throw new Error(`waited in vain for ${expression}`)
      await sleep(LOOK_EVERY_MS)
    }
  }

  async #isTrue(expression) {
    try {
      return await this.evaluate(`Boolean(${expression})`)
    } catch (error) {
      // The page is not there yet.
      if (error.message.includes('default execution context')) return false
      throw error
    }
  }

  /** The main thread's tasks while `work` runs, the longest first. */
  async tasks(work) {
    const events = []
    this.#connection.on('Tracing.dataCollected', ({value}) => {
      for (const event of value) events.push(event)
    })
    const {promise: told, resolve} = Promise.withResolvers()
    this.#connection.on('Tracing.tracingComplete', resolve)
    await this.#connection.send('Tracing.start', {
      transferMode: 'ReportEvents',
      traceConfig: {includedCategories: CATEGORIES},
    })
    await this.evaluate(MARK)
    await work()
    await this.#connection.send('Tracing.end')
    await told
    return tasksOf(events)
  }
}

/** Opens a page in a browser of its own for `work`. */
export async function inBareBrowser(executable, switches, url, work) {
  const folder = await mkdtemp(join(tmpdir(), 'precision-stripe-browser-'))
  const browser = spawn(executable, [...switches, '--remote-debugging-port=0', `--user-data-dir=${folder}`, 'about:blank'], {
    stdio: 'ignore',
  })
  const gone = once(browser, 'exit')
  try {
    const [port, path] = await portOf(folder)
    const connection = await Connection.to(`ws://127.0.0.1:${port}${path}`)
    await connection.send('Browser.setDownloadBehavior', {behavior: 'deny'})
    const {targetId} = await connection.send('Target.createTarget', {url})
    const {sessionId} = await connection.send('Target.attachToTarget', {targetId, flatten: true})
    const result = await work(new BarePage(connection, sessionId))
    connection.close()
    return result
  } finally {
    browser.kill()
    await gone
    await rm(folder, {recursive: true, force: true, maxRetries: 5, retryDelay: 100})
  }
}

async function portOf(folder) {
  for (let i = 0; i < WAIT_MS / LOOK_EVERY_MS; ++i) {
    try {
      return (await readFile(join(folder, 'DevToolsActivePort'), 'utf8')).split('\n')
    } catch {
      await sleep(LOOK_EVERY_MS)
    }
  }
  throw new Error('the browser does not come up')
}
