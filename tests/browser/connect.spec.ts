// From a key to a verdict or to rows, through the real proxy.

import assert from 'node:assert/strict'
import {test} from 'node:test'
import type {Page} from 'playwright-core'
import {browser, stack} from './fixture.js'
import {
  connect,
  countsOf,
  demoKey,
  drawn,
  openPage,
  pullEnds,
  shownCounts,
  visit,
  type Stack,
} from './harness.js'

test('a good key leads to the preview with every row', async () => {
  const {page, context, complaints} = await visit(stack, browser)
  const key = demoKey(stack, 'good')
  await connect(page, key.key)
  // First rows stand in the grid before the end.
  await page.locator('.grid [data-row]').first().waitFor()
  await pullEnds(page)
  assert.deepEqual(await shownCounts(page), countsOf(key))
  for (const table of ['invoices', 'payments', 'subscriptions', 'customers'] as const) {
    await page.locator(`#tab-${table}`).click()
    await drawn(page)
    await page.locator('.grid [data-row="0"]').waitFor()
    assert.equal(await page.locator('.grid').getAttribute('aria-rowcount'), String(countsOf(key)[table] + 1))
    assert.ok((await page.locator('.figures dt').count()) >= 3)
  }
  // Chromium itself notes each refusal that the audit asks for.
  assert.deepEqual(complaints.filter((line) => !line.includes('Failed to load resource')), [])
  await context.close()
})

// All ids of a list, read as any client would, through the same proxy.
async function idsOf(stack: Stack, key: string, account: string, path: string): Promise<readonly string[]> {
  const ids: string[] = []
  for (let more = true; more; ) {
    const after = ids.at(-1)
    const url = new URL(`stripe${path}`, stack.url)
    url.searchParams.set('limit', '100')
    if (path === '/v1/subscriptions') url.searchParams.set('status', 'all')
    if (after) url.searchParams.set('starting_after', after)
    const headers = {Authorization: `Bearer ${key}`, ...(account ? {'Stripe-Account': account} : {})}
    const answer = await fetch(url, {headers})
    assert.equal(answer.status, 200)
    const list = (await answer.json()) as {data: {id: string}[]; has_more: boolean}
    ids.push(...list.data.map(({id}) => id))
    more = list.has_more
  }
  return ids
}

test('with `account` the rows are a connected account\'s, and every request says whose', async () => {
  const {key} = demoKey(stack, 'platform')
  const [account = ''] = await idsOf(stack, key, '', '/v1/accounts')
  assert.match(account, /^acct_/)
  const context = await browser.newContext({locale: 'en-US', viewport: {width: 1440, height: 960}})
  // As a host writes it into its page.
  await context.route(stack.url, async (route) => {
    const response = await route.fetch()
    const body = await response.text()
    await route.fulfill({response, body: body.replace('<precision-stripe', `<precision-stripe account="${account}"`)})
  })
  const {page} = await openPage(stack, context)
  const asked: {path: string; account: string | undefined}[] = []
  page.on('request', (request) => {
    const {pathname} = new URL(request.url())
    if (pathname.includes('/v1/')) asked.push({path: pathname, account: request.headers()['stripe-account']})
  })
  await connect(page, key)
  await pullEnds(page)
  const shown = await shownCounts(page)
  for (const table of ['customers', 'invoices', 'subscriptions'] as const) {
    const ids = await idsOf(stack, key, account, `/v1/${table}`)
    const platform = await idsOf(stack, key, '', `/v1/${table}`)
    assert.notEqual(ids.length, platform.length)
    assert.equal(shown[table], ids.length)
    if (table !== 'invoices') continue
    await page.locator('#tab-invoices').click()
    await page.getByRole('grid').focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    const detail = await page.getByRole('dialog').innerText()
    assert.ok(ids.some((id) => detail.includes(id)), 'no invoice of the connected account')
  }
  const lists = asked.filter(({path}) => /\/v1\/(customers|invoices|payment_intents|charges|subscriptions)$/.test(path))
  assert.ok(lists.length > 5)
  assert.deepEqual(lists.filter((request) => request.account !== account), [])
  await context.close()
})

test('the last row is reached by keyboard, and its detail has the Stripe id', async () => {
  const {page, context} = await visit(stack, browser)
  const key = demoKey(stack, 'good')
  await connect(page, key.key)
  await pullEnds(page)
  await page.locator('#tab-invoices').click()
  const grid = page.getByRole('grid')
  await grid.focus()
  await page.keyboard.press('Control+End')
  const last = countsOf(key).invoices - 1
  await page.locator(`.grid [data-row="${String(last)}"]`).waitFor()
  await drawn(page)
  assert.match((await grid.getAttribute('aria-activedescendant')) ?? '', new RegExp(`^cell-${String(last)}-[1-9]`))
  await page.keyboard.press('Enter')
  const detail = page.getByRole('dialog')
  await detail.waitFor()
  assert.match(await detail.innerText(), /in_[A-Za-z0-9]+/)
  await page.keyboard.press('Escape')
  await detail.waitFor({state: 'detached'})
  await context.close()
})

test('a missing permission is named as the Dashboard names it, and the rest can be read', async () => {
  const {page, context} = await visit(stack, browser)
  await connect(page, demoKey(stack, 'no_customers').key)
  await page.getByRole('heading', {name: /1 permission to change, then check again/}).waitFor()
  await page.getByText('Customers is set to None. Set it to Read.').waitFor()
  await page.getByText('you will not see your customers').waitFor()
  // Check again asks what was wrong, and finds it as it was.
  await page.getByRole('button', {name: 'Check again'}).click()
  await page.getByText('Customers is set to None. Set it to Read.').waitFor()
  await page.getByRole('button', {name: 'Go on with what works'}).click()
  await page.getByText('Some of it could not be read').waitFor({timeout: 60_000})
  const {customers: _, ...others} = countsOf(demoKey(stack, 'good'))
  const {customers, ...shown} = await shownCounts(page)
  assert.deepEqual(shown, others)
  assert.equal(customers, -1)
  // A refused table never looks like an empty one.
  await page.locator('#tab-customers').click()
  await page.getByText('We could not read customers with this key').waitFor()
  await page.getByText('Set Customers to Read').waitFor()
  assert.equal(await page.getByRole('grid').count(), 0)
  await context.close()
})

test('a permission that should be None is named too', async () => {
  const {page, context} = await visit(stack, browser)
  await connect(page, demoKey(stack, 'webhooks_read').key)
  await page.getByRole('heading', {name: /1 permission to change, then check again/}).waitFor()
  assert.match(await page.locator('.changes').first().innerText(), /should be None/)
  await page.getByText('all four tables can still be read').waitFor()
  await context.close()
})

const dead = [
  {name: 'unknown', title: 'Stripe does not know this key'},
  {name: 'revoked', title: 'This key has expired or was revoked'},
  {name: 'ip_refused', title: 'This key only works from certain places'},
]
for (const {name, title} of dead) {
  test(`the key "${name}" is turned down with its own sentence`, async () => {
    const {page, context} = await visit(stack, browser)
    await connect(page, demoKey(stack, name).key)
    await page.locator('.alert').getByText(title).waitFor()
    assert.equal(await page.getByLabel('Restricted key').inputValue(), '')
    assert.equal(await page.getByRole('grid').count(), 0)
    await context.close()
  })
}

test('an account without data says so in the place of the table', async () => {
  const {page, context} = await visit(stack, browser)
  await connect(page, demoKey(stack, 'empty').key)
  await page.getByText('No customers yet').waitFor()
  await page.locator('#tab-invoices').click()
  await page.getByText('No invoices yet').waitFor()
  assert.equal(await page.getByRole('grid').count(), 0)
  await context.close()
})

test('a test key works and says that it is one', async () => {
  const {page, context} = await visit(stack, browser)
  const key = demoKey(stack, 'test')
  await connect(page, key.key)
  await pullEnds(page)
  assert.deepEqual(await shownCounts(page), countsOf(key))
  await page.locator('.connected .tag').getByText('Test data').waitFor()
  await context.close()
})

test('without a network it says so and tries again by itself', async () => {
  const {page, context} = await visit(stack, browser)
  await page.locator('#first-field').fill(demoKey(stack, 'good').key)
  await context.setOffline(true)
  await page.getByRole('button', {name: 'Connect', exact: true}).click()
  await page.getByText('You seem to be offline').waitFor({timeout: 60_000})
  await page.getByText('Trying again by itself in').waitFor()
  await context.setOffline(false)
  await page.getByRole('button', {name: 'Try now'}).click()
  await pullEnds(page)
  await context.close()
})

/** Milliseconds until Stop has stopped; in the page, so that a busy machine is not held against it. */
async function stop(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const root = document.querySelector('precision-stripe')?.shadowRoot
    const button = (text: string): HTMLButtonElement | undefined =>
      [...(root?.querySelectorAll('button') ?? [])].find((one) => one.textContent.trim() === text)
    const started = performance.now()
    button('Stop')?.click()
    while (!button('Read the rest')) await new Promise(requestAnimationFrame)
    return performance.now() - started
  })
}

test('a large account asks first, stops within a second, bears a network that goes, and ends with exact counts', async () => {
  const {page, context} = await visit(stack, browser)
  const key = demoKey(stack, 'huge')
  await connect(page, key.key)
  await page.getByText('This is a large account').waitFor({timeout: 60_000})
  const line = await page.locator('.whole-line').innerText()
  const expected = Number((/about ([\d,.]+) requests/.exec(line)?.[1] ?? '').replaceAll(/\D/g, ''))
  // It takes some 2,680; what is told goes on changing with the answers that are still on their way.
  assert.ok(expected > (2680 * 2) / 3 && expected < (2680 * 4) / 3, line)
  await page.getByRole('button', {name: 'Read all of it'}).click()
  await page.getByText('a second').first().waitFor()
  await page.getByRole('button', {name: 'Pause'}).click()
  await page.getByRole('heading', {name: 'Paused'}).waitFor()
  await page.getByRole('button', {name: 'Resume'}).click()
  // The network goes, and comes back.
  await context.setOffline(true)
  await page.getByText('No answer at the moment').waitFor({timeout: 30_000})
  const kept = await shownCounts(page)
  assert.ok(kept.invoices > 0 && kept.invoices < countsOf(key).invoices, JSON.stringify(kept))
  await context.setOffline(false)
  await page.getByText('No answer at the moment').waitFor({state: 'detached', timeout: 30_000})
  // Stopped half-way it is partial, and goes on from there.
  const took = await stop(page)
  assert.ok(took < 1000, `stopping took ${String(Math.round(took))} ms`)
  const stopped = await shownCounts(page)
  assert.ok(stopped.invoices < countsOf(key).invoices, JSON.stringify(stopped))
  await page.getByText('Not complete').first().waitFor()
  await page.waitForTimeout(500)
  assert.deepEqual(await shownCounts(page), stopped)
  await page.getByRole('button', {name: 'Read the rest'}).click()
  await pullEnds(page, 240_000)
  assert.deepEqual(await shownCounts(page), countsOf(key))
  await context.close()
})

test('cancel during the check leads back to empty fields', async () => {
  const {page, context} = await visit(stack, browser)
  await connect(page, demoKey(stack, 'slow').key)
  await page.getByRole('button', {name: 'Cancel'}).click()
  await page.getByLabel('Restricted key').waitFor()
  assert.equal(await page.getByLabel('Restricted key').inputValue(), '')
  await context.close()
})

test('reconnect keeps the old data until the new key is proven', async () => {
  const {page, context} = await visit(stack, browser)
  const old = demoKey(stack, 'good')
  await connect(page, old.key)
  await pullEnds(page)
  await page.getByRole('button', {name: 'Reconnect'}).click()
  await page.getByRole('heading', {name: 'Paste the new key'}).waitFor()
  assert.deepEqual(await shownCounts(page), countsOf(old))
  // A key that Stripe does not know changes nothing.
  await connect(page, demoKey(stack, 'unknown').key)
  await page.getByText('Stripe does not know this key').waitFor()
  assert.deepEqual(await shownCounts(page), countsOf(old))
  await page.getByRole('button', {name: 'Keep the old key'}).click()
  await page.getByRole('heading', {name: 'Stripe is connected'}).waitFor()
  const redacted = await page.locator('.connected code').innerText()
  assert.ok(redacted.endsWith(old.key.slice(-4)), redacted)
  // A good one takes over.
  const next = demoKey(stack, 'test')
  await page.getByRole('button', {name: 'Reconnect'}).click()
  await connect(page, next.key)
  await page.locator('.connected .tag').getByText('Test data').waitFor()
  await pullEnds(page)
  assert.deepEqual(await shownCounts(page), countsOf(next))
  await context.close()
})

test('disconnect asks first, then wipes the page', async () => {
  const {page, context} = await visit(stack, browser)
  await connect(page, demoKey(stack, 'good').key)
  await pullEnds(page)
  await page.getByRole('button', {name: 'Disconnect', exact: true}).click()
  await page.getByText('This cannot be undone').waitFor()
  await page.getByRole('button', {name: 'Stay connected'}).click()
  await page.getByText('This cannot be undone').waitFor({state: 'detached'})
  await page.getByRole('button', {name: 'Disconnect', exact: true}).click()
  await page.getByRole('button', {name: 'Disconnect and wipe'}).click()
  await page.getByLabel('Restricted key').waitFor()
  assert.equal(await page.getByRole('grid').count(), 0)
  assert.equal(await page.getByRole('tab').count(), 0)
  await context.close()
})
