// What each demo key is told about its permissions, through the real proxy, with the
// question for Write switched on as the example page does.

import assert from 'node:assert/strict'
import {after, before, test} from 'node:test'
import type {Browser} from 'playwright-core'
import {startBrowser} from './engines.js'
import {
  connect,
  countsOf,
  demoKey,
  pullEnds,
  shownCounts,
  startStack,
  takePicture,
  visit,
  type Stack,
} from './harness.js'

let stack: Stack
let browser: Browser
before(async () => {
  stack = await startStack()
  browser = await startBrowser()
})
after(async () => {
  await browser.close()
  await stack.stop()
})

interface Told {
  readonly key: string
  readonly changes: number
  /** Rows with what they are now and what they should be, in the order shown. */
  readonly rows?: readonly string[]
  readonly says?: readonly string[]
}

const told: readonly Told[] = [
  {key: 'no_customers', changes: 1, rows: ['Customers None Read'], says: ['you will not see your customers']},
  {
    key: 'webhooks_read',
    changes: 1,
    rows: ['Webhook Endpoints and Event Destinations Read None'],
    says: ['should be None', 'all four tables can still be read'],
  },
  {
    key: 'three_mistakes',
    changes: 3,
    rows: [
      'Customers None Read',
      'Products Write Read',
      'Webhook Endpoints and Event Destinations Read None',
    ],
    says: ['could change things in your account'],
  },
  {
    key: 'platform_mistakes',
    changes: 2,
    rows: ['Subscriptions None Read', 'Readers Read or more None'],
    says: ['Billing, second row (connected accounts)', 'all four tables can still be read'],
  },
  {
    key: 'platform_no_connect',
    changes: 1,
    rows: ['The second row of permissions None As the first row'],
    says: ['Set both the same'],
  },
]

for (const {key, changes, rows = [], says = []} of told) {
  test(`the key "${key}" is told ${String(changes)} to change, and asking again is cheap`, async () => {
    const {page, context, requests} = await visit(stack, browser)
    await connect(page, demoKey(stack, key).key)
    const number = `${String(changes)} permission${changes === 1 ? '' : 's'} to change`
    await page.getByRole('heading', {name: `${number}, then check again`}).waitFor()
    const shown = await page.locator('.change-text > p:first-child').allInnerTexts()
    assert.deepEqual(shown.map((text) => text.replaceAll(/\s+/g, ' ').trim()), rows)
    for (const words of says) await page.getByText(words).first().waitFor()
    for (const {method, url} of requests) {
      assert.equal(method, method === 'POST' && url.includes('/nowaythiscanexist') ? 'POST' : 'GET', url)
    }
    const before = requests.length
    await page.getByRole('button', {name: 'Check again'}).click()
    await page.getByRole('heading', {name: `${number}, then check again`}).waitFor()
    assert.ok(requests.length - before < 10, `${String(requests.length - before)} requests`)
    await context.close()
  })
}

for (const key of ['all_wrong', 'writes']) {
  test(`the key "${key}" gets a list in the Dashboard's order and the quickest way`, async () => {
    const {page, context} = await visit(stack, browser)
    await connect(page, demoKey(stack, key).key)
    await page.getByRole('heading', {name: /^\d+ permissions to change, then check again/}).waitFor()
    await page.getByText('click Read in the top header row').first().waitFor()
    const rows = await page.locator('.change-text > p:first-child').allInnerTexts()
    assert.ok(rows.length > 30, String(rows.length))
    const now = key === 'writes' ? /Write\s+Read/ : /None\s+Read/
    assert.match(rows[0] ?? '', now)
    assert.equal(await page.getByRole('heading', {name: `${String(rows.length)} permissions`}).count(), 1)
    await context.close()
  })
}

test('a key made by the guide is connected at once; what was not shown is said', async () => {
  const {page, context} = await visit(stack, browser)
  await connect(page, demoKey(stack, 'platform').key)
  await pullEnds(page)
  assert.deepEqual(await shownCounts(page), countsOf(demoKey(stack, 'platform')))
  await page.locator('summary').getByText('Permissions', {exact: true}).click()
  await page.getByText(/permissions are right/).click()
  await page.getByText('Is Read', {exact: true}).first().waitFor()
  await page.getByText('Can be read, perhaps through another row').first().waitFor()
  await page.getByText(/rows to look at yourself/).click()
  await page.getByText('No row is set to Write').waitFor()
  await context.close()
})

test('a row tells what the guide says and what Stripe says, without ids', async () => {
  const {page, context} = await visit(stack, browser)
  const {key} = demoKey(stack, 'three_mistakes')
  await connect(page, key)
  await page.getByText('More about this row').first().click()
  await page.getByText('Click Read in the top header row').first().waitFor()
  const hint = await page.locator('.more[open]').innerText()
  assert.match(hint, /Enabling Customers Read \('customer_read'\)/)
  assert.doesNotMatch(hint, /acct_|mk_|rk_live_\.\.\./)
  assert.ok(!hint.includes(key.slice(-4)))
  await page.getByText('More about this row').first().click()
  await takePicture(page, 'three-mistakes', '.card')
  await context.close()
})

test('what stands in the way of the requests is not called offline', async () => {
  const {page, context} = await visit(stack, browser)
  await page.route('**/stripe/v1/**', (route) => route.abort('blockedbyclient'))
  await connect(page, demoKey(stack, 'good').key)
  await page.getByText('Something is in the way').waitFor({timeout: 60_000})
  await page.unroute('**/stripe/v1/**')
  await page.getByRole('button', {name: 'Try now'}).click()
  await pullEnds(page)
  await context.close()
})

test('a proxy at the wrong place is said to be ours to mend', async () => {
  const {page, context} = await visit(stack, browser)
  await page.route('**/stripe/v1/**', (route) =>
    route.fulfill({status: 404, contentType: 'text/html', body: '<h1>Not found</h1>'}),
  )
  await connect(page, demoKey(stack, 'good').key)
  await page.getByText('way to Stripe is not set up right').waitFor()
  await context.close()
})
