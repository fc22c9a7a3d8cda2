// For those who read large: at 200 % zoom (half the width) and at 200 % text nothing is cut off and
// nothing has to be scrolled sideways. https://www.w3.org/TR/WCAG22/#resize-text

import assert from 'node:assert/strict'
import {mkdirSync} from 'node:fs'
import {fileURLToPath} from 'node:url'
import type {Page} from 'playwright-core'
import {stack} from './fixture.js'
import {connect, demoKey, pullEnds} from './harness.js'
import {detail, guide, inOnePage, keyWrong, menu, secondField, type Scene} from './scenes.js'

const key = (name: string): string => demoKey(stack, name).key

const form: readonly Scene[] = [guide, keyWrong, secondField]

const verdicts: readonly Scene[] = [
  {
    name: 'permissions',
    set: async (page) => {
      await connect(page, key('three_mistakes'))
      await page.getByText('More about this row').first().click()
      await page.getByText(/things to look at yourself/).click()
    },
    back: (page) => page.getByRole('button', {name: 'Use another key'}).click(),
  },
  {
    name: 'all-wrong',
    set: async (page) => {
      await connect(page, key('all_wrong'))
      await page.locator('#verdict-title').waitFor()
    },
  },
]

const connected: readonly Scene[] = [
  {
    name: 'connected',
    set: async (page) => {
      await connect(page, key('good'))
      await pullEnds(page)
      await page.locator('#tab-invoices').click()
      await page.locator('.grid [data-row]').first().waitFor()
      await page.getByRole('button', {name: 'Filter'}).click()
      await page.getByText('Show the figures').click()
    },
    back: async (page) => {
      await page.getByRole('button', {name: 'Filter'}).click()
      await page.getByText('Show the figures').click()
    },
  },
  {
    name: 'columns',
    set: (page) => menu(page, 'Columns').click(),
    back: (page) => page.keyboard.press('Escape'),
  },
  {
    name: 'export',
    set: (page) => menu(page, 'Export').click(),
    back: (page) => page.keyboard.press('Escape'),
  },
  detail,
  {name: 'disconnect', set: (page) => page.getByRole('button', {name: 'Disconnect', exact: true}).click()},
]

interface Reading {
  readonly width: number
  readonly height: number
  readonly text: string
}

const readings: Readonly<Record<string, Reading>> = {
  '1440 at 200 % zoom': {width: 720, height: 480, text: '100%'},
  '390 at 200 % zoom': {width: 195, height: 422, text: '100%'},
  '1440 at 200 % text': {width: 1440, height: 960, text: '200%'},
  '390 at 200 % text': {width: 390, height: 844, text: '200%'},
}

/** Controls that reach beyond what shows them, and text that reaches beyond its control. */
function cutOff(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const shadow = document.querySelector('precision-stripe')?.shadowRoot
    if (!shadow) throw new Error('there is no element')
    const found: string[] = []
    const dialog = shadow.querySelector('dialog[open]')
    const controls = (dialog ?? shadow).querySelectorAll<HTMLElement>('button, input, select, summary, a, h2, h3, h4, p, dt, dd, .level, .badge, .tag')
    for (const control of controls) {
      if (!control.checkVisibility({checkVisibilityCSS: true}) || control.closest('.hidden, .grid')) continue
      const name = `${control.tagName} ${(control.textContent ?? '').trim().slice(0, 40) || control.id}`
      const {overflowX} = getComputedStyle(control)
      const isCut = control.scrollWidth > control.clientWidth + 1 && control.clientWidth > 0 && overflowX !== 'visible'
      // What is typed goes on inside a field.
      if (isCut && control.tagName !== 'INPUT') found.push(`${name}: its text is cut`)
      const box = control.getBoundingClientRect()
      // What can be scrolled is not cut off, up to what scrolls.
      let scrolls = false
      for (let at = control.parentElement; at; at = at.parentElement) {
        const {overflowX: x, overflowY: y} = getComputedStyle(at)
        const clip = at.getBoundingClientRect()
        scrolls ||= x === 'auto' || x === 'scroll'
        if (scrolls || x === 'visible') continue
        if (box.left < clip.left - 1 || box.right > clip.right + 1) found.push(`${name}: beyond the side of ${at.className || at.tagName}`)
        if (y !== 'auto' && y !== 'scroll' && (box.top < clip.top - 1 || box.bottom > clip.bottom + 1)) found.push(`${name}: beyond the end of ${at.className || at.tagName}`)
      }
      if (!scrolls && (box.left < -1 || box.right > innerWidth + 1)) found.push(`${name}: beyond the screen`)
    }
    return found
  })
}

const shots = fileURLToPath(new URL('../../build/screenshots', import.meta.url))

async function readLarge(page: Page, name: string): Promise<void> {
  for (const [how, {width, height, text}] of Object.entries(readings)) {
    await page.setViewportSize({width, height})
    await page.evaluate((size) => {
      document.documentElement.style.fontSize = size
    }, text)
    await page.waitForTimeout(100)
    mkdirSync(shots, {recursive: true})
    await page.screenshot({path: `${shots}/large-${name}-${how.replaceAll(/\W+/g, '-')}.png`, fullPage: true})
    assert.deepEqual(await cutOff(page), [], how)
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    assert.ok(wider <= 0, `${how}: the page is ${String(wider)} px wider than the screen`)
  }
  await page.setViewportSize({width: 1440, height: 960})
  await page.evaluate(() => {
    document.documentElement.style.fontSize = ''
  })
}

for (const [step, scenes] of Object.entries({form, verdicts, connected})) {
  inOnePage(step, scenes, 'is all there when read large', readLarge)
}
