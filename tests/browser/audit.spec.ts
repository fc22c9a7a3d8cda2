// What each demo key is told about its permissions, through the real proxy, with the
// question for Write switched on as the example page does.

import assert from 'node:assert/strict'
import {test} from 'node:test'
import {browser, stack} from './fixture.js'
import {
  connect,
  countsOf,
  demoKey,
  drawn,
  paste,
  pullEnds,
  shownCounts,
  takePicture,
  visit,
} from './harness.js'

interface Told {
  readonly key: string
  readonly changes: number
  /** What the four tables need is right: rows come, and the verdict stands above them. */
  readonly connected?: boolean
  /** Rows with what they are now and what they should be, in the order shown. */
  readonly rows?: readonly string[]
  readonly says?: readonly string[]
}

const told: readonly Told[] = [
  {key: 'no_customers', changes: 1, rows: ['Customers None Read'], says: ['you will not see your customers']},
  {
    key: 'webhooks_read',
    changes: 1,
    connected: true,
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
    connected: true,
    rows: ['Subscriptions None Read', 'Readers Read None'],
    says: ['Billing, second row (connected accounts)', 'all four tables can still be read'],
  },
  {
    key: 'platform_no_connect',
    changes: 1,
    connected: true,
    rows: ['The second row of permissions None As the first row'],
    says: ['Set both the same'],
  },
]

for (const {key, changes, connected = false, rows = [], says = []} of told) {
  test(`the key "${key}" is told ${String(changes)} to change, and asking again is cheap`, async () => {
    const {page, context, requests} = await visit(stack, browser)
    await connect(page, demoKey(stack, key).key)
    const number = `${String(changes)} permission${changes === 1 ? '' : 's'} to change`
    await page.getByRole('heading', {name: `${number}, then check again`}).waitFor()
    const shown = await page.locator('.report .change-text > p:first-child').allInnerTexts()
    assert.equal(await page.getByRole('heading', {name: 'Stripe is connected'}).count(), connected ? 1 : 0)
    if (connected) await pullEnds(page)
    assert.equal(await page.getByRole('grid').count(), connected ? 1 : 0)
    assert.deepEqual(shown.map((text) => text.replaceAll(/\s+/g, ' ').trim()), rows)
    for (const words of says) await page.getByText(words).first().waitFor()
    for (const {method, url} of requests) {
      assert.equal(method, method === 'POST' && url.includes('/nowaythiscanexist') ? 'POST' : 'GET', url)
    }
    const before = requests.length
    const again = page.getByRole('button', {name: 'Check again'})
    await again.click()
    await again.and(page.locator(':enabled')).waitFor()
    await page.getByRole('heading', {name: `${number}, then check again`}).waitFor()
    assert.ok(requests.length - before < 10, `${String(requests.length - before)} requests`)
    // Put aside, it is still among the permissions.
    await page.getByRole('button', {name: 'Go on with what works'}).click()
    await page.getByText('Some of it could not be read').or(page.getByText('Everything is here')).waitFor()
    assert.equal(await page.locator('.report').count(), 0)
    await page.locator('summary', {hasText: `${String(changes)} to change`}).waitFor()
    await context.close()
  })
}

test('what no table needs and could not be checked is told, and asked again alone', async () => {
  const {page, context, requests} = await visit(stack, browser)
  await page.route('**/stripe/v1/payouts*', (route) => route.abort())
  await connect(page, demoKey(stack, 'good').key)
  await pullEnds(page)
  await page.locator('.behind').waitFor({state: 'detached'})
  assert.equal(await page.locator('.standing').count(), 0)
  await page.locator('summary', {hasText: /^\s*Permissions/}).click()
  await page.getByRole('heading', {name: 'Could not be checked'}).waitFor()
  assert.deepEqual(await page.locator('.change strong').allInnerTexts(), ['Payouts'])
  await page.unroute('**/stripe/v1/payouts*')
  const before = requests.length
  await page.getByRole('button', {name: 'Check again'}).click()
  await page.locator('.change').waitFor({state: 'detached'})
  // It, and one that was open before.
  assert.ok(requests.length - before <= 3, `${String(requests.length - before)} requests`)
  await context.close()
})

test('a key that fails half-way is said to have died, and what came stays', async () => {
  const {page, context} = await visit(stack, browser)
  await connect(page, demoKey(stack, 'revoked_halfway').key)
  await page.getByText('This key has expired or was revoked').first().waitFor()
  await page.locator('.grid [data-row]').first().waitFor()
  await page.getByRole('heading', {name: 'Stripe is connected'}).waitFor()
  // Nobody is told to set a permission because the key died.
  assert.equal(await page.locator('.change').count(), 0)
  await context.close()
})

test('a test key of an account with live data sees that it is test data, and that there is none', async () => {
  const {page, context} = await visit(stack, browser)
  await paste(page, demoKey(stack, 'test_of_live').key)
  await page.getByText('You will see test data only').waitFor()
  await page.getByRole('button', {name: 'Connect', exact: true}).click()
  await pullEnds(page)
  await page.locator('.connected .tag.test').waitFor()
  await page.getByText('No customers yet').waitFor()
  assert.deepEqual(await shownCounts(page), {customers: 0, invoices: 0, payments: 0, subscriptions: 0})
  await context.close()
})

test('answers that break now and then are asked again, and nothing is called missing', async () => {
  const {page, context} = await visit(stack, browser)
  await connect(page, demoKey(stack, 'flaky').key)
  const done = page.getByText('Everything is here')
  const again = page.getByRole('heading', {name: 'could not be checked'})
  // A question may fail three times in a row; the page says so and asks again.
  for (let tries = 0; tries < 4; tries++) {
    await done.or(again).first().waitFor({timeout: 60_000})
    if (await done.isVisible()) break
    await page.getByRole('button', {name: 'Check again'}).click()
  }
  await pullEnds(page)
  assert.deepEqual(await shownCounts(page), countsOf(demoKey(stack, 'flaky')))
  assert.equal(await page.getByText('is set to None').count(), 0)
  await context.close()
})

test('a storm of refusals is called that, and ends with everything read', async () => {
  const {page, context} = await visit(stack, browser)
  await connect(page, demoKey(stack, 'storm').key)
  const storm = page.getByText('Stripe asks us to slow down').first()
  const again = page.getByRole('button', {name: /^(Try now|Check again)$/}).first()
  const connected = page.getByRole('heading', {name: 'Stripe is connected'})
  await storm.waitFor()
  for (let tries = 0; tries < 6; tries++) {
    await again.or(connected).first().waitFor()
    if (await connected.isVisible()) break
    assert.equal(await page.getByText('is set to None').count(), 0)
    await again.click()
    await page.getByRole('button', {name: 'Cancel'}).or(connected).first().waitFor()
  }
  await pullEnds(page)
  assert.deepEqual(await shownCounts(page), countsOf(demoKey(stack, 'storm')))
  await context.close()
})

for (const key of ['all_wrong', 'writes']) {
  test(`the key "${key}" gets a list in the Dashboard's order and the quickest way`, async () => {
    const {page, context} = await visit(stack, browser)
    await connect(page, demoKey(stack, key).key)
    await page.getByRole('heading', {name: /^\d+ permissions to change, then check again/}).waitFor()
    await page.getByText('click Read in the top header row').first().waitFor()
    const rows = await page.locator('.report .change-text > p:first-child').allInnerTexts()
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
  await page.getByText(/things to look at yourself/).click()
  await page.getByText('No row is set to Write').waitFor()
  await context.close()
})

test('what cannot be shown is a short list, ticked by the group or the row, and the ticks stay', async () => {
  const {page, context} = await visit(stack, browser)
  await connect(page, demoKey(stack, 'no_customers').key)
  const list = page.locator('.look-at')
  await list.locator('> summary').click()
  const groups = list.locator('ul.wide > li > .tick input')
  const count = await groups.count()
  assert.ok(count >= 3 && count <= 6, `${String(count)} things to look at`)
  await list.getByRole('link', {name: 'Edit the key in Stripe'}).waitFor()
  const terminal = list.getByLabel(/rows should be None In Provisioning/)
  await terminal.check()
  const group = list.locator('ul.wide > li', {hasText: 'In Provisioning'})
  await group.getByText('Which ones').click()
  const rows = group.locator('.more .tick input')
  assert.ok((await rows.count()) > 3)
  await drawn(page)
  for (const row of await rows.all()) assert.ok(await row.isChecked())
  await rows.first().uncheck()
  await drawn(page)
  assert.ok(await terminal.evaluate((box: HTMLInputElement) => box.indeterminate && !box.checked))
  await page.getByRole('button', {name: 'Check again'}).click()
  await page.getByRole('heading', {name: '1 permission to change'}).waitFor()
  await list.locator('> summary').click()
  await drawn(page)
  assert.ok(await terminal.evaluate((box: HTMLInputElement) => box.indeterminate))
  await page.getByRole('button', {name: 'Go on with what works'}).click()
  await page.locator('summary', {hasText: /^\s*Permissions/}).click()
  await list.locator('> summary').click()
  await drawn(page)
  assert.ok(await terminal.evaluate((box: HTMLInputElement) => box.indeterminate))
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
