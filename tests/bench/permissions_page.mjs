// The permission audit in one Chromium, through the real proxy over HTTP/2, and the
// same questions asked one after another by fetch().
// usage: node permissions_page.mjs PAGE_URL DEMO_PORT; the last line is JSON.

import {createRequire} from 'node:module'
import {fileURLToPath} from 'node:url'
import {demoKey} from './demo_key.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))
const {chromium} = createRequire(`${root}web/package.json`)('playwright-core')
const [url, demoPort] = process.argv.slice(2)
const ROUNDS = 5
// The limits are Stripe's a second: one round must not eat into the next one's.
const REST_MS = 1500

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--ignore-certificate-errors',
    '--disable-background-networking', '--disable-component-update', '--disable-sync'],
})

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]
const rest = () => new Promise((resolve) => setTimeout(resolve, REST_MS))

// A new page each time: nothing is known, no connection is open.
async function audit(key, checkWrite) {
  const context = await browser.newContext({ignoreHTTPSErrors: true})
  const page = await context.newPage()
  await page.goto(`${url}index.js`)
  const result = await page.evaluate(async ({key, checkWrite}) => {
    const {openSession} = await import('/index.js')
    performance.setResourceTimingBufferSize(1000)
    const session = await openSession({proxy: '/stripe', checkWrite})
    if (!session.useKey(key).ok) throw new Error('the key was refused')
    performance.clearResourceTimings()
    const started = performance.now()
    let needs = null
    await new Promise((resolve) => {
      session.onEvent(({kind}) => {
        const needed = session.report().findings.filter(({neededByPull}) => neededByPull)
        if (needs === null && needed.every(({verdict}) => verdict === 'read')) needs = performance.now() - started
        if (kind === 'audit-done') resolve()
      })
      session.startAudit('everything')
    })
    const whole = performance.now() - started
    const entries = performance.getEntriesByType('resource').filter(({name}) => name.includes('/stripe/v'))
    const report = session.report()
    const unchecked = report.findings.filter(({verdict}) => verdict === 'unchecked').length
    session.dispose()
    return {
      needs_s: needs / 1000,
      whole_s: whole / 1000,
      complete: report.complete && report.whole === null && unchecked === 0,
      paths: entries.map(({name}) => new URL(name).pathname + new URL(name).search),
      protocols: [...new Set(entries.map(({nextHopProtocol}) => nextHopProtocol))],
    }
  }, {key, checkWrite})
  await context.close()
  if (!result.complete) throw new Error('the audit was not complete')
  if (result.protocols.join() !== 'h2') throw new Error(`spoken: ${result.protocols.join()}`)
  await rest()
  return result
}

async function several(name, checkWrite = false) {
  const key = demoKey(root, name)
  const rounds = []
  for (let round = 0; round < ROUNDS; ++round) rounds.push(await audit(key, checkWrite))
  return {
    needs_s: median(rounds.map(({needs_s}) => needs_s)),
    whole_s: median(rounds.map(({whole_s}) => whole_s)),
    paths: rounds[0].paths,
  }
}

// What a connector does: the next question when the last is answered.
async function serial(name, paths) {
  const context = await browser.newContext({ignoreHTTPSErrors: true})
  const page = await context.newPage()
  await page.goto(`${url}index.js`)
  const seconds = await page.evaluate(async ({key, paths}) => {
    const started = performance.now()
    for (const path of paths) {
      const answer = await fetch(path, {headers: {Authorization: `Bearer ${key}`, 'Stripe-Version': '2026-10-28.endive'}})
      await answer.text()
    }
    return (performance.now() - started) / 1000
  }, {key: demoKey(root, name), paths})
  await context.close()
  await rest()
  return seconds
}

try {
  const live = await several('good')
  const test = await several('test')
  const write = await several('good', true)
  const serial_s = await serial('good', live.paths)
  const counts = await (await fetch(`http://127.0.0.1:${demoPort}/_demo/counts`)).json()
  const round = (seconds) => Math.round(seconds * 1000) / 1000
  console.log(JSON.stringify({
    audit_s: round(live.whole_s),
    requests: live.paths.length,
    serial_s: round(serial_s),
    needs_s: round(live.needs_s),
    test_s: round(test.whole_s),
    test_needs_s: round(test.needs_s),
    write_s: round(write.whole_s),
    write_requests: write.paths.length,
    throttled: counts.throttled,
    side_effects: counts.side_effects,
  }))
} finally {
  await browser.close()
}
