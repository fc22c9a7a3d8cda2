// The page in German, and on a page that is read from right to left.

import assert from 'node:assert/strict'
import {test} from 'node:test'
import type {Page} from 'playwright-core'
import {runsAxe, startBrowser} from './engines.js'
import {browser, stack} from './fixture.js'
import {accessibilityProblems, connect, demoKey, drawn, openPage, pullEnds, takePictures, visit, type Visit} from './harness.js'

const key = (name: string): string => demoKey(stack, name).key

const setLang = async (page: Page, lang: string): Promise<void> => {
  await page.evaluate((value) => {
    document.documentElement.lang = value
  }, lang)
}

const spoken = (page: Page): Promise<string | null> => page.locator('precision-stripe .root').getAttribute('lang')

const connectInGerman = async (page: Page, name: string): Promise<void> => {
  await page.getByLabel('Eingeschr\u00e4nkter Schl\u00fcssel').fill(key(name))
  await page.getByRole('button', {name: 'Verbinden', exact: true}).click()
}

test('follows the page\u2019s language while it runs, and its own attribute first', async () => {
  const {page, context, complaints} = await visit(stack, browser)
  assert.equal(await spoken(page), 'en-US')
  await page.getByLabel('Restricted key').fill(key('secret'))
  await page.getByText('This is your secret key').waitFor()
  await setLang(page, 'de-AT')
  await page.getByText('Das ist Ihr geheimer Schl\u00fcssel').waitFor()
  assert.equal(await page.getByLabel('Eingeschr\u00e4nkter Schl\u00fcssel').inputValue(), key('secret'))
  assert.equal(await spoken(page), 'de-AT')
  const element = page.locator('precision-stripe')
  await element.evaluate((one) => {
    one.setAttribute('lang', 'en')
  })
  await page.getByText('This is your secret key').waitFor()
  await element.evaluate((one) => {
    one.removeAttribute('lang')
  })
  await page.getByText('Das ist Ihr geheimer Schl\u00fcssel').waitFor()
  await setLang(page, 'fr')
  await page.getByText('This is your secret key').waitFor()
  assert.deepEqual(complaints, [])
  await context.close()
})

test('a page without a language speaks the browser\u2019s, from the first drawing on', async () => {
  const context = await browser.newContext({locale: 'de-DE', viewport: {width: 1440, height: 960}})
  await context.addInitScript(() => {
    const seen = new Set<string>()
    Object.assign(globalThis, {seen})
    const look = (): void => {
      document.documentElement.removeAttribute('lang')
      const title = document.querySelector('precision-stripe')?.shadowRoot?.querySelector('h2')?.textContent
      if (title) seen.add(title)
      requestAnimationFrame(look)
    }
    addEventListener('readystatechange', look, {capture: true, once: true})
  })
  const page = await context.newPage()
  await page.goto(stack.url)
  await page.getByRole('heading', {name: 'Stripe verbinden'}).waitFor()
  await page.waitForTimeout(200)
  const seen = await page.evaluate(() => [...(globalThis as unknown as {seen: Set<string>}).seen])
  assert.deepEqual(seen, ['Stripe verbinden'])
  await context.close()
})

async function visitInGerman(): Promise<Visit> {
  const visited = await visit(stack, browser)
  await setLang(visited.page, 'de')
  await visited.page.getByRole('heading', {name: 'Stripe verbinden'}).waitFor()
  return visited
}

async function showGerman(page: Page, name: string): Promise<void> {
  if (runsAxe) assert.deepEqual(await accessibilityProblems(page), [])
  // Words that only the English page has.
  const text = await page.locator('precision-stripe').innerText()
  assert.doesNotMatch(text, /^0 Zeilen/m)
  assert.doesNotMatch(text, /\b(the|your|and|Check again|Search|Columns|Created|Paid|rows)\b/)
  await takePictures(page, `german-${name}`)
}

test('in German: from the guide to what is to change', async () => {
  const {page, context} = await visitInGerman()
  await page.getByText('Schritt f\u00fcr Schritt zeigen').click()
  await showGerman(page, 'guide')
  await connectInGerman(page, 'three_mistakes')
  await page.getByText('Customers steht auf').waitFor()
  await page.getByText(/zum Selbst-Nachsehen/).click()
  await showGerman(page, 'permissions')
  await context.close()
})

test('in German: the rows; money, counts and dates too', async () => {
  const {page, context} = await visitInGerman()
  await connectInGerman(page, 'good')
  await page.getByText('Alles ist da').waitFor({timeout: 60_000})
  await page.locator('#tab-invoices').click()
  await page.locator('.grid [data-row]').first().waitFor()
  await drawn(page)
  assert.equal((await page.locator('#tab-invoices .tab-count').innerText()).trim(), '1.500')
  const cell = page.locator('.grid [data-row="0"] .cell.money').first()
  assert.match(await cell.innerText(), /^\u2212?[\d.]+(,\d\d)?\s\S+$/)
  assert.match(await page.locator('.grid [data-row="0"] .cell.date').last().innerText(), /^\d\d?\.\d\d?\.\d{4}$/)
  await page.getByRole('button', {name: 'Filtern'}).click()
  await showGerman(page, 'connected')
  await page.getByRole('button', {name: 'Filtern'}).click()
  await page.locator('summary').filter({hasText: 'Exportieren'}).click()
  await showGerman(page, 'export')
  await context.close()
})

const rightToLeft = async (page: Page): Promise<void> => {
  await page.evaluate(() => {
    document.documentElement.dir = 'rtl'
  })
}

test('from right to left: from the guide to what is to change', async () => {
  const {page, context} = await visit(stack, browser)
  await rightToLeft(page)
  await page.getByText('Show me step by step').click()
  await takePictures(page, 'rtl-new')
  await connect(page, key('three_mistakes'))
  await page.getByText('Customers is set to None').waitFor()
  await takePictures(page, 'rtl-permissions')
  await context.close()
})

test('from right to left: the rows, and one of them', async () => {
  const {page, context} = await visit(stack, browser)
  await rightToLeft(page)
  await connect(page, key('good'))
  await pullEnds(page)
  await page.locator('#tab-invoices').click()
  await page.locator('.grid [data-row]').first().waitFor()
  await takePictures(page, 'rtl-connected')
  await page.locator('.grid [data-row="1"]').click()
  await page.getByRole('dialog').waitFor()
  // It comes in from where a line ends.
  const box = await page.getByRole('dialog').boundingBox()
  assert.equal(box?.x, 0)
  await takePictures(page, 'rtl-detail')
  await context.close()
})

test('a context without any language of ours speaks English', async () => {
  const context = await browser.newContext({locale: 'fr-FR', viewport: {width: 1440, height: 960}})
  const {page} = await openPage(stack, context)
  await setLang(page, 'fr')
  assert.match((await spoken(page)) ?? '', /^en/)
  await context.close()
})
