// Pages of the demo Stripe to columns, in one Chromium: the module against
// JSON.parse and map, in turn, each from the bytes that a fetch hands over.
// usage: node normalize_page.mjs DEMO_PORT; the last line is JSON.

import {createServer} from 'node:http'
import {readFile} from 'node:fs/promises'
import {createRequire} from 'node:module'
import {fileURLToPath} from 'node:url'
import {demoKey} from './demo_key.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))
const {chromium} = createRequire(`${root}web/package.json`)('playwright-core')

// As many pages of each as the large demo account has, by a tenth: the mix of an account.
const pagesOf = {customers: 10, invoices: 50, payment_intents: 50, charges: 50, subscriptions: 10}

async function fetchPages(list, port, key) {
  const pages = []
  let after = ''
  while (pages.length < pagesOf[list]) {
    const all = {subscriptions: '&status=all&expand%5B%5D=data.discounts', invoices: '&expand%5B%5D=data.payments'}[list] ?? ''
    const answer = await fetch(`http://127.0.0.1:${port}/v1/${list}?limit=100${all}${after}`, {
      headers: {Authorization: `Bearer ${key}`, 'Stripe-Version': '2026-10-28.endive'},
    })
    if (answer.status === 429) {
      await new Promise((resolve) => setTimeout(resolve, 250))
      continue
    }
    if (answer.status !== 200) throw new Error(`${list}: ${answer.status}`)
    const bytes = Buffer.from(await answer.arrayBuffer())
    pages.push(bytes)
    const page = JSON.parse(bytes.toString())
    if (!page.has_more) break
    after = `&starting_after=${page.data.at(-1).id}`
  }
  return pages
}

const [port] = process.argv.slice(2)
const key = demoKey(root, 'large')
const pages = new Map()
for (const list of Object.keys(pagesOf)) pages.set(list, await fetchPages(list, port, key))

const files = new Map([
  ['/', ['text/html', '<!doctype html><title>bench</title>']],
  ['/harness.js', ['text/javascript', await readFile(`${root}tests/bench/normalize_harness.js`)]],
  ['/precision_bench.js', ['text/javascript', await readFile(`${root}build/wasm/bin/precision_bench.js`)]],
  ['/precision_bench.wasm', ['application/wasm', await readFile(`${root}build/wasm/bin/precision_bench.wasm`)]],
])
for (const [list, bodies] of pages) {
  bodies.forEach((body, i) => files.set(`/pages/${list}/${i}`, ['application/json', body]))
}
const server = createServer((request, response) => {
  const file = files.get(request.url)
  response.writeHead(file ? 200 : 404, {'content-type': file?.[0] ?? 'text/plain'})
  response.end(file?.[1])
})
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync'],
})
try {
  const page = await browser.newPage()
  page.on('pageerror', (error) => console.error(String(error)))
  await page.goto(`http://127.0.0.1:${server.address().port}/`)
  const counts = [...pages].map(([list, bodies]) => [list, bodies.length])
  const figures = await page.evaluate(async (lists) => {
    const {measure} = await import('/harness.js')
    return measure(lists)
  }, counts)
  console.log(JSON.stringify(figures))
} finally {
  await browser.close()
  server.close()
}
