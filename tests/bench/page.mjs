// The page itself in one Chromium: from a cold load to the first verdict, typing, a pull and an export of
// the large demo account, and a grid of 1,000,000 rows, each beside a rival where there is one.
// usage: node page.mjs PAGE_URL [PART...]; the last line is JSON.

import {createRequire} from 'node:module'
import {setTimeout as sleep} from 'node:timers/promises'
import {fileURLToPath} from 'node:url'
import {inBareBrowser} from './bare_browser.mjs'
import {demoKey} from './demo_key.mjs'
import {traced} from './main_thread.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))
const {chromium} = createRequire(`${root}web/package.json`)('playwright-core')
const [url, ...wanted] = process.argv.slice(2)
const home = `${url}page/index.html`
const viewport = {width: 1440, height: 960}
const LOADS = 7
const TYPINGS = 12
const SCROLL_FRAMES = 600
const COUNT = 1_000_000
/** Nobody types or pastes sooner after a page has come. */
const SEEN_MS = 1000

const executablePath = '/usr/bin/chromium'
const args = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--ignore-certificate-errors',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
  `--window-size=${viewport.width},${viewport.height}`]
const browser = await chromium.launch({executablePath, args})

const sorted = (numbers) => numbers.toSorted((a, b) => a - b)
const quantile = (numbers, share) => sorted(numbers)[Math.min(numbers.length - 1, Math.floor(numbers.length * share))]
const median = (numbers) => quantile(numbers, 0.5)
const round = (value, digits = 1) => Math.round(value * 10 ** digits) / 10 ** digits

async function newPage() {
  const context = await browser.newContext({ignoreHTTPSErrors: true, locale: 'en-US', viewport})
  context.setDefaultTimeout(120_000)
  return context.newPage()
}

const connect = async (page, name) => {
  await page.getByLabel('Restricted key').fill(demoKey(root, name))
  await page.getByRole('button', {name: 'Connect', exact: true}).click()
}

/** A pull of many requests asks first. */
const pullEnds = async (page) => {
  const asked = page.getByRole('button', {name: 'Read all of it'})
  const done = page.getByText('Everything is here')
  await asked.or(done).waitFor()
  if (await asked.isVisible()) await asked.click()
  await done.waitFor()
}

// --- load ---------------------------------------------------------------------------

/** From the navigation's start until a pasted key has its verdict on the page; each time with an empty cache. */
async function load() {
  const key = demoKey(root, 'good')
  const times = []
  for (let i = 0; i < LOADS; ++i) {
    const page = await newPage()
    await page.addInitScript((text) => {
      const look = () => {
        const shadow = document.querySelector('precision-stripe')?.shadowRoot
        const input = shadow?.querySelector('#first-field')
        if (input && input.value === '') {
          input.value = text
          input.dispatchEvent(new InputEvent('input', {bubbles: true, composed: true}))
        }
        if (shadow?.querySelector('#first-verdict code')) globalThis.interactiveAt = performance.now()
        else setTimeout(look)
      }
      look()
    }, key)
    await page.goto(home)
    await page.waitForFunction(() => globalThis.interactiveAt !== undefined)
    times.push(await page.evaluate(() => globalThis.interactiveAt))
    await page.context().close()
  }
  return {load_to_interactive_ms: round(median(times))}
}

// --- keystrokes -----------------------------------------------------------------------

/**
 * From the browser handing out the `input` event (a capturing listener on the window, before any of
 * ours) until it has come all the way back up: by then the module has judged the text and the verdict
 * stands in the DOM. Layout and paint are the browser's and come after.
 */
async function keystrokes() {
  const key = demoKey(root, 'good')
  const page = await newPage()
  await page.goto(home)
  const field = page.getByLabel('Restricted key')
  await field.waitFor()
  await sleep(SEEN_MS)
  const typed = await typing(page, field, key)
  // The empty field says nothing.
  if (typed.filter(({says}) => !says).length > TYPINGS * 2) throw new Error('keystrokes without a verdict')
  const again = await traced(browser, page, () => typing(page, field, key))
  await page.context().close()
  const handled = again.handled('input').map(({threadMs}) => threadMs)
  if (handled.length < typed.length) throw new Error('keystrokes that the trace does not have')
  const times = typed.map(({ms}) => ms)
  const p50 = median(times)
  // The rival: a page that does nothing for as long as ours does something. What is more is the machine's.
  const empty = await newPage()
  await empty.goto(`${url}integrity.json`)
  await empty.evaluate((ms) => {
    document.body.innerHTML = '<input>'
    document.querySelector('input').addEventListener('input', () => {
      const end = performance.now() + ms
      while (performance.now() < end);
    })
  }, p50)
  const idle = await typing(empty, empty.locator('input'), key)
  await empty.context().close()
  return {
    keystroke_p99_ms: round(quantile(times, 0.99), 2),
    keystroke_p99_ms_empty_page: round(quantile(idle.map(({ms}) => ms), 0.99), 2),
    // By the thread's own time, and with the trace's: what other processes took is left out.
    keystroke_p99_thread_ms: round(quantile(handled, 0.99), 2),
    keystroke_p50_ms: round(p50, 2),
    keystrokes: times.length,
  }
}

/** A key typed again and again into `field`: how long the page took with each character, and whether it said something. */
async function typing(page, field, key) {
  await page.evaluate(() => {
    const listens = globalThis.typed !== undefined
    globalThis.typed = []
    if (listens) return
    let at = 0
    addEventListener('input', () => (at = performance.now()), {capture: true})
    addEventListener('input', () => {
      const verdict = document.querySelector('precision-stripe')?.shadowRoot.querySelector('#first-verdict')
      globalThis.typed.push({ms: performance.now() - at, says: verdict?.textContent.trim() !== ''})
    })
  })
  for (let i = 0; i < TYPINGS; ++i) {
    await field.fill('')
    await field.pressSequentially(key)
  }
  return page.evaluate(() => globalThis.typed)
}

// --- a pull and an export of the large account ------------------------------------------

const longest = (name, tasks) => {
  for (const task of tasks.slice(0, 5)) {
    console.log(`  ${name}: ${task.ms.toFixed(1)} ms (${task.threadMs.toFixed(1)} of the thread's own): ${task.of().join(', ')}`)
  }
  return {
    longest_ms: round(tasks[0].ms),
    longest_thread_ms: round(Math.max(...tasks.map(({threadMs}) => threadMs))),
    over_50_ms: tasks.filter(({ms}) => ms >= 50).length,
  }
}

const shadow = `document.querySelector('precision-stripe')?.shadowRoot`
const one = (selector) => `${shadow}?.querySelector(${JSON.stringify(selector)})`
const having = (selector, text) =>
  `[...(${shadow}?.querySelectorAll(${JSON.stringify(selector)}) ?? [])].find((one) => one.textContent.includes(${JSON.stringify(text)}))`
const button = (label) => having('button', label)
const done = `${shadow}?.textContent.includes('Everything is here')`

async function pullAndExport() {
  const {pulled, saved} = await inBareBrowser(executablePath, args, home, async (page) => {
    await page.until(one('#first-field'))
    await sleep(SEEN_MS)
    const pulled = await page.tasks(async () => {
      await page.evaluate(`{
        const field = ${one('#first-field')}
        field.value = ${JSON.stringify(demoKey(root, 'large'))}
        field.dispatchEvent(new InputEvent('input', {bubbles: true, composed: true}))
      }`)
      const connect = button('Connect')
      await page.until(`${connect} && !${connect}.disabled`)
      await page.evaluate(`${connect}.click()`)
      await page.until(one('.grid [data-row]'))
      await page.evaluate(`${one('#tab-invoices')}.click()`)
      // A pull of many requests asks first.
      const rest = button('Read all of it')
      await page.until(`${rest} || ${done}`)
      await page.evaluate(`${rest}?.click()`)
      await page.until(done)
    })
    await page.evaluate(`${having('summary', 'Export')}.click()`)
    await page.until(having('[part=export] label', 'Everything'))
    await page.evaluate(`${having('[part=export] label', 'Everything')}.click()`)
    const saved = await page.tasks(async () => {
      await page.evaluate(`${button('Save the file')}.click()`)
      await page.until(one('.export-done'))
    })
    return {pulled, saved}
  })
  const pull = longest('pull', pulled)
  const file = longest('export', saved)
  return {
    longest_task_ms: pull.longest_ms,
    longest_task_thread_ms: pull.longest_thread_ms,
    long_tasks: pull.over_50_ms,
    export_longest_task_ms: file.longest_ms,
    export_longest_task_thread_ms: file.longest_thread_ms,
  }
}

// --- a million rows -----------------------------------------------------------------------

// In the page: scrolls the grid, or else the page, by `step` pixels with each frame. Gives the times between
// frames, and how long the main thread was busy with each: the message is answered once it is done drawing.
async function scroll({grid, step, frames}) {
  const shadow = document.querySelector('precision-stripe')?.shadowRoot
  const box = grid ? shadow.querySelector('.grid') : document.scrollingElement
  const {port1, port2} = new MessageChannel()
  const between = []
  const busy = []
  let last = null
  let began = 0
  port1.onmessage = () => busy.push(performance.now() - began)
  await new Promise((done) => {
    const frame = (at) => {
      if (last !== null) between.push(at - last)
      last = at
      if (between.length >= frames) return done()
      began = performance.now()
      box.scrollTop += step
      port2.postMessage(null)
      requestAnimationFrame(frame)
    }
    requestAnimationFrame(frame)
  })
  const rows = grid ? [...shadow.querySelectorAll('[data-row]')].map((row) => Number(row.dataset.row)) : []
  return {between, busy, rows, height: box.scrollHeight}
}

// A frame that missed the display's next turn, of 60 a second; Chromium's own clock jitters by half a millisecond.
const slowShare = ({between}) => between.filter((ms) => ms > 17.7).length / between.length

/** A page whose invoices are those of million_invoices.js. */
async function pageOfAMillion() {
  const page = await newPage()
  await page.goto(home)
  await page.evaluate(async () => {
    await navigator.serviceWorker.register('/million_invoices.js')
    if (!navigator.serviceWorker.controller) {
      await new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve, {once: true}))
    }
  })
  return page
}

async function grid() {
  const page = await pageOfAMillion()
  await connect(page, 'good')
  await page.locator('#tab-invoices').click()
  await pullEnds(page)
  const shown = await page.locator('#tab-invoices .tab-count').innerText()
  if (shown.replaceAll(/\D/g, '') !== String(COUNT)) throw new Error(`the grid has ${shown} rows`)
  await page.locator('.grid').scrollIntoViewIfNeeded()
  // Three rows a frame: 180 a second, as fast as one spins a wheel.
  const height = await page.evaluate(() => document.querySelector('precision-stripe').shadowRoot.querySelector('.grid').scrollHeight)
  const step = (3 * height) / COUNT
  const ours = await page.evaluate(scroll, {grid: true, step, frames: SCROLL_FRAMES})
  const last = Math.max(...ours.rows)
  if (Math.abs(last - 3 * SCROLL_FRAMES) > 60) throw new Error(`the grid is at row ${last}`)
  const frames = 200
  const again = await traced(browser, page, () => page.evaluate(scroll, {grid: true, step, frames}))
  longest('scroll', again.tasks)
  // The rival: nothing at all, of the same height, moved in the same way.
  const empty = await newPage()
  await empty.goto(`${url}integrity.json`)
  await empty.evaluate((tall) => {
    document.body.replaceChildren(Object.assign(document.createElement('div'), {style: `height: ${tall}px`}))
  }, height)
  const nothing = await empty.evaluate(scroll, {grid: false, step, frames: SCROLL_FRAMES})
  await empty.context().close()
  await page.context().close()
  return {
    slow_frames_share: round(slowShare(ours), 4),
    slow_frames_share_empty_page: round(slowShare(nothing), 4),
    // By the thread's own time, and with the trace's: what other processes took is left out.
    frame_thread_ms: round(again.tasks.reduce((sum, {threadMs}) => sum + threadMs, 0) / frames),
    slow_frames_thread_share: round(again.tasks.filter(({threadMs}) => threadMs > 16.7).length / frames, 3),
    frame_busy_p50_ms: round(median(ours.busy)),
    frame_busy_p50_ms_empty_page: round(median(nothing.busy)),
  }
}

// In the page: the same order by the module and by Array.sort over an object for each row.
async function sorts({key, count}) {
  const {openSession} = await import('/index.js')
  const session = await openSession({proxy: '/stripe'})
  if (!session.useKey(key).ok) throw new Error('the key is not taken')
  const table = session.table('invoices')
  const rows = []
  for await (const batch of session.pull(['invoices'])) {
    const {id, number, customer_name, total, created, status} = batch.columns
    for (let i = 0; i < batch.count; ++i) {
      rows.push({id: id[i], number: number[i], customer_name: customer_name[i], total: total[i], created: created[i], status: status[i]})
    }
  }
  if (rows.length !== count) throw new Error(`${rows.length} rows came`)
  const timed = (work) => {
    const started = performance.now()
    work()
    return performance.now() - started
  }
  const compare = {
    total: (a, b) => a.total - b.total,
    customer_name: (a, b) => (a.customer_name < b.customer_name ? -1 : a.customer_name > b.customer_name ? 1 : 0),
    status: (a, b) => (a.status < b.status ? -1 : a.status > b.status ? 1 : 0),
  }
  const figures = {}
  for (const [sort, by] of Object.entries(compare)) {
    const ours = []
    const theirs = []
    for (let i = 0; i < 3; ++i) {
      table.setView({sort: 'created'})
      ours.push(timed(() => table.setView({sort, descending: false})))
      const copy = [...rows]
      theirs.push(timed(() => copy.sort(by)))
      const [first] = table.rows([sort], 0, 1).columns[0]
      if (first !== copy[0][sort]) throw new Error(`${sort}: ${first} is not ${copy[0][sort]}`)
    }
    figures[sort] = {ours: Math.min(...ours), theirs: Math.min(...theirs)}
  }
  session.dispose()
  return figures
}

async function sort() {
  const page = await pageOfAMillion()
  const figures = await page.evaluate(sorts, {key: demoKey(root, 'good'), count: COUNT})
  await page.context().close()
  const ratios = Object.values(figures).map(({ours, theirs}) => theirs / ours)
  return {
    sort_1m_ratio_vs_js: round(Math.min(...ratios)),
    ...Object.fromEntries(Object.entries(figures).flatMap(([name, {ours, theirs}]) => [
      [`sort_1m_${name}_ms`, round(ours)],
      [`sort_1m_${name}_js_ms`, round(theirs)],
    ])),
  }
}

const parts = {load, keystrokes, pullAndExport, grid, sort}
try {
  const figures = {}
  for (const [name, part] of Object.entries(parts)) {
    if (wanted.length === 0 || wanted.includes(name)) Object.assign(figures, await part())
  }
  console.log(JSON.stringify(figures))
} finally {
  await browser.close()
}
