// What `scripts/run --check` does: the whole job once, in the page that PAGE_URL names,
// with the demo account that the argument names; ends with one line of counts and times.

import {argv, exit, stdout} from 'node:process'
import {startBrowser} from './engines.js'
import {connect, countsOf, demoKey, openPage, pullEnds, shownCounts, startStack} from './harness.js'

const stack = await startStack()
const browser = await startBrowser()
let good = false
try {
  const account = demoKey(stack, argv[2] ?? 'good')
  const context = await browser.newContext({locale: 'en-US', viewport: {width: 1440, height: 960}})
  const {page} = await openPage(stack, context)
  const started = performance.now()
  const seconds = (): string => ((performance.now() - started) / 1000).toFixed(2)
  await connect(page, account.key)
  await page.locator('.grid [data-row]').first().waitFor()
  const firstRow = seconds()
  await pullEnds(page, 300_000)
  const total = seconds()
  const shown = await shownCounts(page)
  const expected = countsOf(account)
  good = (['customers', 'invoices', 'payments', 'subscriptions'] as const).every((table) => {
    if (shown[table] === expected[table]) return true
    stdout.write(`${table}: the page shows ${String(shown[table])}, the account has ${String(expected[table])}\n`)
    return false
  })
  const counts = Object.entries(shown).map(([table, count]) => `${table}=${String(count)}`)
  stdout.write(`${counts.join(' ')} first_row_s=${firstRow} total_s=${total}\n`)
} catch (error) {
  stdout.write(`the page did not do its job: ${error instanceof Error ? error.message : String(error)}\n`)
} finally {
  await browser.close()
  await stack.stop()
}
exit(good ? 0 : 1)
