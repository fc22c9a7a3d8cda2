// First and wide: the page loads, nothing complains, a keystroke is answered.

import assert from 'node:assert/strict'
import {test} from 'node:test'
import {browser, stack} from './fixture.js'
import {paste, visit} from './harness.js'

test('the page loads under a strict policy and nothing complains', async () => {
  const {page, context, complaints, requests} = await visit(stack, browser)
  const response = await page.reload()
  const policy = response?.headers()['content-security-policy'] ?? ''
  assert.match(policy, /default-src 'none'/)
  assert.doesNotMatch(policy, /unsafe-inline|unsafe-eval'(?<!wasm-unsafe-eval')/)
  await page.getByRole('heading', {name: 'Connect Stripe'}).waitFor()
  assert.equal(await page.evaluate(() => customElements.get('precision-stripe') !== undefined), true)
  await paste(page, 'nonsense')
  await page.getByText('This is not a Stripe key').waitFor()
  assert.deepEqual(complaints, [])
  // Typing asks nobody: only files of the page were fetched.
  for (const {method, url} of requests) {
    assert.equal(method, 'GET')
    assert.ok(url.startsWith(stack.url) || url.startsWith('data:'), url)
    assert.ok(!url.includes('/stripe/'), url)
  }
  await context.close()
})

test('the wasm comes as a file of its own, with its type, so that it can stream', async () => {
  const {page, context} = await visit(stack, browser)
  const [response] = await Promise.all([
    page.waitForResponse((answer) => answer.url().endsWith('precision.wasm')),
    page.reload(),
  ])
  // Asked anew: from its cache, Firefox tells no headers.
  const answer = await fetch(response.url())
  assert.equal(answer.headers.get('content-type'), 'application/wasm')
  await context.close()
})

test('the guide is folded and complete', async () => {
  const {page, context} = await visit(stack, browser)
  const step = page.getByText('Provide this key to a third-party application')
  assert.equal(await step.isVisible(), false)
  await page.getByText('Show me step by step').click()
  assert.equal(await step.isVisible(), true)
  assert.equal(await page.locator('.guide-body ol').first().locator('> li').count(), 10)
  await page.getByText('Have your Stripe account open and your phone nearby').waitFor()
  await page.getByText('Stripe shows it only once').waitFor()
  await context.close()
})

test('the main action opens the form of Stripe, filled in', async () => {
  const {page, context} = await visit(stack, browser)
  const link = page.getByRole('link', {name: 'Create the key in Stripe'})
  await page.waitForFunction(
    () =>
      document
        .querySelector('precision-stripe')
        ?.shadowRoot?.querySelector('a[href*="/apikeys/create"]') != null,
  )
  const href = (await link.getAttribute('href')) ?? ''
  assert.match(href, /^https:\/\/dashboard\.stripe\.com\/apikeys\/create\?/)
  assert.equal(await link.getAttribute('rel'), 'noopener noreferrer')
  await context.close()
})

test('"Questions?" reaches the host', async () => {
  const {page, context} = await visit(stack, browser)
  await page.getByRole('button', {name: 'Questions?'}).click()
  await page.getByText('chat opens').waitFor()
  await context.close()
})
