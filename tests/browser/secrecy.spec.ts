// The key goes to Stripe and to nobody else: looked for everywhere it must not be.

import assert from 'node:assert/strict'
import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {after, before, test} from 'node:test'
import type {BrowserContext, Page} from 'playwright-core'
import {startWithProfile} from './engines.js'
import {
  connect,
  demoKey,
  filesWith,
  openPage,
  pullEnds,
  startStack,
  type Stack,
} from './harness.js'

let stack: Stack
before(async () => {
  stack = await startStack()
})
after(async () => {
  await stack.stop()
})

// All of it, and a part that stands for no account id or name.
const traces = (key: string): readonly string[] => [key, key.slice(40, 80)]

function assertClean(where: string, text: string, key: string): void {
  for (const trace of traces(key)) assert.ok(!text.includes(trace), `the key is in ${where}`)
}

/** Every attribute, text and input value below a node, through shadow roots. */
async function documentText(page: Page): Promise<string> {
  return page.evaluate(() => {
    const pieces: string[] = []
    const walk = (node: Node): void => {
      if (node instanceof Element) {
        for (const {name, value} of node.attributes) pieces.push(`${name}=${value}`)
        if (node instanceof HTMLInputElement) pieces.push(node.value, node.defaultValue)
        if (node.shadowRoot) walk(node.shadowRoot)
      } else {
        pieces.push(node.nodeValue ?? '')
      }
      for (const child of node.childNodes) walk(child)
    }
    walk(document)
    return pieces.join('\n')
  })
}

async function storedText(page: Page, context: BrowserContext): Promise<string> {
  const inPage = await page.evaluate(async () => {
    const databases = await indexedDB.databases()
    const cacheNames = await caches.keys()
    return JSON.stringify([
      {...localStorage},
      {...sessionStorage},
      databases,
      cacheNames,
      document.cookie,
      history.state,
      location.href,
      document.title,
      window.name,
      document.referrer,
      performance.getEntries().map(({name}) => name),
    ])
  })
  return inPage + JSON.stringify(await context.storageState())
}

async function recordEvents(page: Page): Promise<void> {
  await page.evaluate(() => {
    const told: string[] = []
    const names = ['key-checked', 'permissions-checked', 'progress', 'rows', 'connected', 'disconnected', 'help-requested', 'error']
    for (const name of names) {
      document.addEventListener(name, (event) => {
        told.push(JSON.stringify([name, (event as CustomEvent<unknown>).detail]))
      })
    }
    Object.assign(globalThis, {told})
  })
}

for (const name of ['good', 'revoked', 'no_customers']) {
  test(`the key "${name}" is nowhere but in the header to the proxy`, async () => {
    const {key} = demoKey(stack, name)
    const profile = mkdtempSync(join(tmpdir(), 'precision-profile-'))
    const context = await startWithProfile(profile)
    try {
      const {page, complaints, requests} = await openPage(stack, context)
      const carried: {url: string; authorization: string}[] = []
      page.on('request', (request) => {
        const {authorization, ...others} = request.headers()
        assertClean('another header', JSON.stringify(others), key)
        assertClean('a request body', request.postData() ?? '', key)
        if (authorization) carried.push({url: request.url(), authorization})
      })
      page.on('response', (response) => {
        assertClean('a response header', JSON.stringify(response.headers()), key)
      })
      await recordEvents(page)
      await connect(page, key)
      // The fields are gone, and so is what was in them.
      await page.locator('#first-field').waitFor({state: 'detached', timeout: 2000}).catch(() => undefined)
      assertClean('the document after Connect', await documentText(page), key)
      if (name === 'good') await pullEnds(page)
      if (name === 'revoked') await page.getByText('has expired or was revoked').waitFor()
      if (name === 'no_customers') await page.getByText('Customers is set to None').waitFor()
      assertClean('the document', await documentText(page), key)
      assertClean('the storage or the history', await storedText(page, context), key)
      assertClean('the console', complaints.join('\n'), key)
      assertClean('an event', JSON.stringify(await page.evaluate(() => (globalThis as unknown as {told: string[]}).told)), key)
      assert.ok(carried.length > 0)
      const proxy = new URL('stripe/', stack.url).href
      for (const {url, authorization} of carried) {
        assert.ok(url.startsWith(proxy), url)
        assert.equal(authorization, `Bearer ${key}`)
      }
      for (const {url} of requests) {
        assertClean('an address', decodeURIComponent(url), key)
        assert.equal(new URL(url).origin, new URL(stack.url).origin)
      }
      if (name === 'good') {
        await page.getByRole('button', {name: 'Disconnect', exact: true}).click()
        await page.getByRole('button', {name: 'Disconnect and wipe'}).click()
        await page.getByLabel('Restricted key').waitFor()
        assertClean('the document after Disconnect', await documentText(page), key)
      }
    } finally {
      await context.close()
    }
    // Nor on the disk: not in the browser's profile, not in the logs of nginx.
    assert.deepEqual(filesWith(profile, traces(key)), [])
    if (stack.state !== null) assert.deepEqual(filesWith(stack.state, traces(key)), [])
    rmSync(profile, {recursive: true, force: true})
  })
}

test('the search itself finds what is there', () => {
  const folder = mkdtempSync(join(tmpdir(), 'precision-search-'))
  assert.deepEqual(filesWith(folder, ['x']), [])
  assert.throws(() => {
    assertClean('a text', `..${demoKey(stack, 'good').key}..`, demoKey(stack, 'good').key)
  })
  rmSync(folder, {recursive: true})
})
