// The states with rows, as scenes.ts shows them: one connected page, left after each
// scene as it was before.

import assert from 'node:assert/strict'
import {before, test} from 'node:test'
import type {Page} from 'playwright-core'
import {browser, stack} from './fixture.js'
import {connect, demoKey, drawn, pullEnds, visit, type Visit} from './harness.js'
import {claim, detail, menu, show, type Scene} from './scenes.js'

let connected: Visit
before(async () => {
  connected = await visit(stack, browser)
  await connect(connected.page, demoKey(stack, 'good').key)
  await pullEnds(connected.page)
})

const scenes: readonly Scene[] = [
  {name: 'connected', set: () => Promise.resolve()},
  {
    name: 'permissions-folded-out',
    set: (page) => page.getByText('Permissions', {exact: true}).click(),
    back: (page) => page.getByText('Permissions', {exact: true}).click(),
  },
  detail,
  {
    name: 'filtered',
    set: async (page) => {
      await page.getByRole('button', {name: 'Filter'}).click()
      await page.locator('.chip').filter({hasText: 'Open'}).click()
      await page.getByText(/ of 1,500 shown/).waitFor()
    },
    back: async (page) => {
      await page.getByRole('button', {name: 'Clear the filters'}).first().click()
      await page.getByText('1,500 invoices').waitFor()
      await page.getByRole('button', {name: 'Filter'}).click()
    },
  },
  {
    name: 'no-match',
    set: async (page) => {
      await page.getByLabel('Search invoices').fill('nobody is called this')
      await page.getByText('No invoices match').waitFor()
    },
    back: async (page) => {
      await page.getByLabel('Search invoices').fill('')
      await page.getByText('1,500 invoices').waitFor()
    },
  },
  {
    name: 'columns',
    set: async (page) => {
      await menu(page, 'Columns').click()
      await page.getByRole('checkbox', {name: 'Subtotal'}).check()
      await page.getByRole('button', {name: 'Pin Number'}).click()
    },
    back: async (page) => {
      await page.getByRole('button', {name: 'Pin Number'}).click()
      await page.getByRole('checkbox', {name: 'Subtotal'}).uncheck()
      await page.keyboard.press('Escape')
    },
  },
  {
    name: 'export',
    set: async (page) => {
      await menu(page, 'Export').click()
      await page.getByRole('button', {name: 'Save the file'}).click()
      await page.getByText('is in your downloads').waitFor()
    },
    back: (page) => page.keyboard.press('Escape'),
  },
  {
    name: 'charts',
    set: async (page) => {
      await page.locator('#tab-customers').click()
      await page.getByText('Show the figures').click()
      await page.locator('.chart-plot canvas').waitFor()
    },
    back: (page) => page.getByText('Show the figures').click(),
  },
  {
    name: 'disconnect',
    set: (page) => page.getByRole('button', {name: 'Disconnect', exact: true}).click(),
    back: (page) => page.getByRole('button', {name: 'Stay connected'}).click(),
  },
  {
    name: 'reconnecting',
    set: async (page) => {
      await page.getByRole('button', {name: 'Reconnect'}).click()
      await page.getByRole('heading', {name: 'Paste the new key'}).waitFor()
    },
    back: (page) => page.getByRole('button', {name: 'Keep the old key'}).click(),
  },
]

for (const {name, set, back} of scenes) {
  test(`${name}: ${claim}`, async () => {
    const {page} = connected
    await page.locator('#tab-invoices').click()
    await page.locator('.grid [data-row]').first().waitFor()
    await set(page)
    await show(page, name)
    await back?.(page)
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
  await page.keyboard.insertText(demoKey(stack, 'good').key)
  await page.keyboard.press('Enter')
  await pullEnds(page)
  await page.locator('#tab-customers').focus()
  await page.keyboard.press('ArrowRight')
  await drawn(page)
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
  await drawn(page)
  assert.equal(await grid.getAttribute('aria-activedescendant'), 'cell-1-1')
  await context.close()
})
