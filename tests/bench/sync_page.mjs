// Whole pulls of a demo account in one Chromium through the proxy, and two rivals over the
// same account: the official client's auto-pagination of four lists side by side in Node,
// straight at the demo Stripe, and a serial walk in the browser's fetch through the proxy.
// The rivals are timed on a slice and told as pages a second of each list.
// usage: node sync_page.mjs PAGE_URL DEMO_PORT ACCOUNT RIVALS(0|1); the last line is JSON.

import {createRequire} from 'node:module'
import {fileURLToPath} from 'node:url'
import {demoKey} from './demo_key.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))
const {chromium} = createRequire(`${root}web/package.json`)('playwright-core')
const Stripe = createRequire(`${root}tests/official_client/package.json`)('stripe')

const sliceMs = 10_000
const lists = ['customers', 'invoices', 'payment_intents', 'charges', 'subscriptions']

// In the page.
async function pull({key}) {
  const {openSession} = await import('/index.js')
  const session = await openSession({proxy: '/stripe', wasmUrl: '/precision.wasm'})
  if (!session.useKey(key).ok) throw new Error('the key is not taken')
  const tables = ['customers', 'invoices', 'payments', 'subscriptions']
  const started = performance.now()
  const seconds = () => (performance.now() - started) / 1000
  const ended = new Promise((done) => {
    const told = {firstRows: null, allHere: null}
    session.onEvent(() => {
      const progress = session.progress()
      if (told.firstRows === null && tables.every((table) => session.table(table).rowCount > 0)) {
        told.firstRows = seconds()
      }
      if (told.allHere === null && progress.tables.every(({state}) => state === 'complete')) {
        told.allHere = seconds()
      }
      if (progress.settled) done({...told, total: seconds(), progress})
    })
  })
  session.startPull(tables)
  const {progress, ...times} = await ended
  const counts = Object.fromEntries(tables.map((table) => [table, session.table(table).rowCount]))
  session.dispose()
  const protocol = performance.getEntriesByType('navigation')[0]?.nextHopProtocol
  return {...times, counts, protocol, requests: progress.requests, states: progress.tables.map(({state, error}) => [state, error])}
}

// In the page: page after page, list after list.
async function walk({key, lists, ms}) {
  const pages = {}
  for (const list of lists) {
    const started = performance.now()
    let after = ''
    let count = 0
    while (performance.now() - started < ms / lists.length || count === 0) {
      const all = list === 'subscriptions' ? '&status=all' : ''
      const answer = await fetch(`/stripe/v1/${list}?limit=100${all}${after}`, {
        headers: {Authorization: `Bearer ${key}`},
      })
      if (answer.status !== 200) throw new Error(`${list}: ${answer.status}`)
      const page = await answer.json()
      count++
      if (!page.has_more) break
      after = `&starting_after=${page.data.at(-1).id}`
    }
    pages[list] = (count * 1000) / (performance.now() - started)
  }
  return pages
}

async function official(port, key) {
  const stripe = new Stripe(key, {host: '127.0.0.1', port, protocol: 'http', telemetry: false})
  const started = performance.now()
  const walkOne = async (list, parameters = {}) => {
    let rows = 0
    for await (const _ of list.list({limit: 100, ...parameters})) {
      rows++
      if (rows % 100 === 0 && performance.now() - started > sliceMs) break
    }
    return (rows * 10) / (performance.now() - started)
  }
  const [customers, invoices, payment_intents, subscriptions] = await Promise.all([
    walkOne(stripe.customers),
    walkOne(stripe.invoices),
    walkOne(stripe.paymentIntents),
    walkOne(stripe.subscriptions, {status: 'all'}),
  ])
  return {customers, invoices, payment_intents, subscriptions}
}

const [url, port, account, rivals] = process.argv.slice(2)
const key = demoKey(root, account)
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync'],
})
try {
  const context = await browser.newContext({ignoreHTTPSErrors: true})
  const page = await context.newPage()
  await page.goto(`${url}page/index.html`)
  const figures = {ours: await page.evaluate(pull, {key})}
  if (rivals === '1') {
    figures.serial = await page.evaluate(walk, {key, lists, ms: sliceMs})
    figures.official = await official(Number(port), key)
  }
  console.log(JSON.stringify(figures))
} finally {
  await browser.close()
}
