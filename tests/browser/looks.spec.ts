// The states up to rows, as scenes.ts shows them.

import {test} from 'node:test'
import type {Page} from 'playwright-core'
import {browser, stack} from './fixture.js'
import {connect, demoKey, paste, pullEnds, visit} from './harness.js'
import {claim, guide, inOnePage, keyWrong, secondField, show, type Scene} from './scenes.js'

const key = (name: string): string => demoKey(stack, name).key

const empty = (page: Page): Promise<void> => paste(page, '')

/** In one page, one after the other. */
const form: readonly Scene[] = [
  {name: 'new', set: () => Promise.resolve()},
  guide,
  {name: 'key-good', set: (page) => paste(page, ` "${key('good')}"`), back: empty},
  {name: 'key-test', set: (page) => paste(page, key('test')), back: empty},
  keyWrong,
  secondField,
]

/** Each in a page of its own. */
const scenes: readonly Scene[] = [
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
      await page.getByRole('button', {name: 'Read all of it'}).click()
      await page.waitForTimeout(500)
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
  {
    name: 'empty-account',
    set: async (page) => {
      await connect(page, key('empty'))
      await page.getByText('No customers yet').waitFor()
    },
  },
]

inOnePage('the form', form, claim, show)

for (const {name, set} of scenes) {
  test(`${name}: ${claim}`, async () => {
    const {page, context} = await visit(stack, browser)
    await set(page)
    await show(page, name)
    await context.close()
  })
}
