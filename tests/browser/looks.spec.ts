// Every state in pictures (build/screenshots), at three widths, light and dark, and
// with nothing that axe-core finds.

import assert from 'node:assert/strict'
import {after, before, test} from 'node:test'
import type {Browser, Page} from 'playwright-core'
import {runsAxe, startBrowser} from './engines.js'
import {
  accessibilityProblems,
  connect,
  demoKey,
  paste,
  pullEnds,
  startStack,
  takePictures,
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

interface Scene {
  readonly name: string
  readonly set: (page: Page) => Promise<void>
}

const key = (name: string): string => demoKey(stack, name).key

const connected = async (page: Page): Promise<void> => {
  await connect(page, key('good'))
  await pullEnds(page)
  await page.locator('#tab-invoices').click()
  await page.locator('.grid [data-row]').first().waitFor()
}

const scenes: readonly Scene[] = [
  {name: 'new', set: () => Promise.resolve()},
  {name: 'guide', set: (page) => page.getByText('Show me step by step').click()},
  {name: 'key-good', set: (page) => paste(page, ` "${key('good')}"`)},
  {name: 'key-test', set: (page) => paste(page, key('test'))},
  {name: 'key-wrong', set: (page) => paste(page, key('secret'))},
  {
    name: 'second-field',
    set: (page) => page.getByLabel('Second field').fill(key('good')),
  },
  {
    name: 'checking',
    set: async (page) => {
      await connect(page, key('slow'))
      await page.locator('.section-line').first().waitFor()
    },
  },
  {
    name: 'permissions-wrong',
    set: async (page) => {
      await connect(page, key('no_customers'))
      await page.getByText('Customers is set to None').waitFor()
    },
  },
  {
    name: 'permissions-three-mistakes',
    set: async (page) => {
      await connect(page, key('three_mistakes'))
      await page.getByText('More about this row').first().click()
      await page.getByText(/things to look at yourself/).click()
      await page.getByText('Which ones').first().click()
    },
  },
  {
    name: 'permissions-second-row',
    set: async (page) => {
      await connect(page, key('platform_mistakes'))
      await page.locator('#verdict-title').waitFor()
      await pullEnds(page)
    },
  },
  {
    name: 'permissions-second-row-empty',
    set: async (page) => {
      await connect(page, key('platform_no_connect'))
      await page.locator('#verdict-title').waitFor()
      await pullEnds(page)
    },
  },
  {
    name: 'permissions-all-wrong',
    set: async (page) => {
      await connect(page, key('all_wrong'))
      await page.locator('#verdict-title').waitFor()
    },
  },
  {
    name: 'key-refused',
    set: async (page) => {
      await connect(page, key('revoked'))
      await page.getByText('has expired or was revoked').waitFor()
    },
  },
  {
    name: 'not-reachable',
    set: async (page) => {
      await page.context().setOffline(true)
      await connect(page, key('good'))
      await page.getByText('You seem to be offline').waitFor({timeout: 60_000})
    },
  },
  {
    name: 'pulling',
    set: async (page) => {
      await connect(page, key('large'))
      await page.locator('.grid [data-row]').first().waitFor()
      await page.waitForTimeout(1500)
      await page.getByRole('button', {name: 'Pause'}).click()
      await page.getByRole('heading', {name: 'Paused'}).waitFor()
    },
  },
  {
    name: 'partial',
    set: async (page) => {
      await connect(page, key('large'))
      await page.locator('.grid [data-row]').first().waitFor()
      await page.waitForTimeout(1000)
      await page.getByRole('button', {name: 'Stop'}).click()
      await page.getByRole('button', {name: 'Read the rest'}).waitFor()
    },
  },
  {
    name: 'table-refused',
    set: async (page) => {
      await connect(page, key('no_customers'))
      await page.getByRole('button', {name: 'Go on with what works'}).click()
      await page.getByText('Some of it could not be read').waitFor({timeout: 60_000})
      await page.locator('#tab-customers').click()
    },
  },
  {name: 'connected', set: connected},
  {
    name: 'permissions-folded-out',
    set: async (page) => {
      await connected(page)
      await page.getByText('Permissions', {exact: true}).click()
    },
  },
  {
    name: 'detail',
    set: async (page) => {
      await connected(page)
      await page.locator('.grid [data-row="2"]').click()
      await page.getByRole('dialog').waitFor()
    },
  },
  {
    name: 'filtered',
    set: async (page) => {
      await connected(page)
      await page.getByRole('button', {name: 'Filter'}).click()
      await page.locator('.chip').filter({hasText: 'Open'}).click()
      await page.getByText(/ of 1,500 shown/).waitFor()
    },
  },
  {
    name: 'no-match',
    set: async (page) => {
      await connected(page)
      await page.getByLabel('Search invoices').fill('nobody is called this')
      await page.getByText('No invoices match').waitFor()
    },
  },
  {
    name: 'columns',
    set: async (page) => {
      await connected(page)
      await page.locator('summary').filter({hasText: 'Columns'}).click()
      await page.getByRole('checkbox', {name: 'Subtotal'}).check()
      await page.getByRole('button', {name: 'Pin Number'}).click()
    },
  },
  {
    name: 'export',
    set: async (page) => {
      await connected(page)
      await page.locator('summary').filter({hasText: 'Export'}).click()
      await page.getByRole('button', {name: 'Save the file'}).click()
      await page.getByText('is in your downloads').waitFor()
    },
  },
  {
    name: 'charts',
    set: async (page) => {
      await connected(page)
      await page.locator('#tab-customers').click()
      await page.getByText('Show the figures').click()
      await page.locator('.chart-plot canvas').waitFor()
    },
  },
  {
    name: 'row-detail',
    set: async (page) => {
      await connected(page)
      await page.locator('.grid [data-row="2"]').click()
      await page.getByRole('dialog').waitFor()
    },
  },
  {
    name: 'disconnect',
    set: async (page) => {
      await connected(page)
      await page.getByRole('button', {name: 'Disconnect', exact: true}).click()
    },
  },
  {
    name: 'reconnecting',
    set: async (page) => {
      await connected(page)
      await page.getByRole('button', {name: 'Reconnect'}).click()
      await page.getByRole('heading', {name: 'Paste the new key'}).waitFor()
    },
  },
  {
    name: 'empty-account',
    set: async (page) => {
      await connect(page, key('empty'))
      await page.getByText('No customers yet').waitFor()
    },
  },
]

const claim = runsAxe ? 'nothing to object to, light and dark' : 'fits every width'
for (const {name, set} of scenes) {
  test(`${name}: ${claim}`, async () => {
    const {page, context} = await visit(stack, browser)
    await set(page)
    for (const colorScheme of runsAxe ? (['light', 'dark'] as const) : []) {
      await page.emulateMedia({colorScheme, reducedMotion: 'reduce'})
      assert.deepEqual(await accessibilityProblems(page), [])
    }
    await takePictures(page, name)
    await context.close()
  })
}

test('everything is reached by the keyboard alone', async () => {
  const {page, context} = await visit(stack, browser)
  const focused = (): Promise<string> =>
    page.evaluate(() => {
      const inner = document.activeElement?.shadowRoot?.activeElement
      return inner?.id || (inner?.textContent ?? '').trim().split('\n')[0] || ''
    })
  const order: string[] = []
  await page.locator('body').focus()
  for (let step = 0; step < 6; step++) {
    await page.keyboard.press('Tab')
    order.push(await focused())
  }
  assert.match(order[0] ?? '', /^Create the key/)
  assert.deepEqual(order.slice(1, 5), ['I have a key', 'Show me step by step', 'first-field', 'second-field'])
  await page.getByLabel('Restricted key').focus()
  await page.keyboard.insertText(key('good'))
  await page.keyboard.press('Enter')
  await pullEnds(page)
  await page.locator('#tab-customers').focus()
  await page.keyboard.press('ArrowRight')
  assert.equal(await focused(), 'tab-invoices')
  // The chart and its figures, the tools, then the grid.
  const grid = page.getByRole('grid')
  const stops: string[] = []
  while (!(await grid.evaluate((element) => element.matches(':focus'))) && stops.length < 12) {
    await page.keyboard.press('Tab')
    stops.push(await focused())
  }
  assert.deepEqual(stops.filter((stop) => /^(Invoices by|Show the|Filter|Columns|Export)/.test(stop)), [
    'Invoices by state and age',
    'Show the figures',
    'Filter',
    'Columns',
    'Export',
  ])
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowRight')
  assert.equal(await grid.getAttribute('aria-activedescendant'), 'cell-1-1')
  await context.close()
})
