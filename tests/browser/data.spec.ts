// What can be done with the rows once they are here: sort, filter, choose columns,
// look at a row, draw, export; by mouse and by keyboard, under the strict policy.

import assert from 'node:assert/strict'
import {readFile} from 'node:fs/promises'
import {createRequire} from 'node:module'
import {test} from 'node:test'
import {tableFromIPC} from 'apache-arrow'
import type {Page} from 'playwright-core'
import {engine} from './engines.js'
import {browser, stack} from './fixture.js'
import {
  connect,
  countsOf,
  demoKey,
  drawn,
  pullEnds,
  visit,
  type Visit,
} from './harness.js'

async function open(table: string): Promise<Visit> {
  const visited = await visit(stack, browser)
  await connect(visited.page, demoKey(stack, 'good').key)
  await pullEnds(visited.page)
  await visited.page.locator(`#tab-${table}`).click()
  await visited.page.locator('.grid [data-row="0"]').waitFor()
  return visited
}

/** Chromium itself notes each refusal that the audit asks for. */
const real = (complaints: readonly string[]): readonly string[] =>
  complaints.filter((line) => !line.includes('Failed to load resource'))

async function rowCount(page: Page): Promise<number> {
  await drawn(page)
  return Number(await page.getByRole('grid').getAttribute('aria-rowcount')) - 1
}

/** The texts in view of one column, by the title of its head. */
async function cells(page: Page, title: string): Promise<readonly string[]> {
  await drawn(page)
  return page.getByRole('grid').evaluate((grid, name) => {
    const heads = [...grid.querySelectorAll('[role=columnheader]')]
    const place = heads.findIndex((head) => head.textContent.trim() === name)
    const rows = [...grid.querySelectorAll<HTMLElement>('[data-row]')]
    rows.sort((a, b) => Number(a.dataset['row']) - Number(b.dataset['row']))
    return rows.map((row) => row.children[place]?.textContent.trim() ?? '')
  }, title)
}

test('rows are sorted by the heads, with the mouse and with the keyboard', async () => {
  const {page, context, complaints} = await open('invoices')
  const head = (name: string) => page.getByRole('columnheader', {name})
  const sorted = async (name: string): Promise<string | null> => {
    await drawn(page)
    return head(name).getAttribute('aria-sort')
  }
  assert.equal(await sorted('Created'), 'descending')
  await head('Number').click()
  assert.equal(await sorted('Number'), 'ascending')
  const numbers = (await cells(page, 'Number')).filter((text) => !text.startsWith('in_'))
  assert.ok(numbers.length > 5)
  assert.deepEqual(numbers, [...numbers].sort())
  // From the head to the one beside it, which Enter sorts by.
  const grid = page.getByRole('grid')
  await grid.focus()
  await drawn(page)
  assert.equal(await grid.getAttribute('aria-activedescendant'), 'head-0')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  assert.equal(await sorted('Customer'), 'ascending')
  assert.equal(await sorted('Number'), 'none')
  const down = (await cells(page, 'Customer')).slice(0, 10)
  await page.keyboard.press('Enter')
  assert.equal(await sorted('Customer'), 'descending')
  assert.notDeepEqual((await cells(page, 'Customer')).slice(0, 10), down)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Control+End')
  const last = countsOf(demoKey(stack, 'good')).invoices - 1
  await page.locator(`.grid [data-row="${String(last)}"]`).waitFor()
  await drawn(page)
  assert.match((await grid.getAttribute('aria-activedescendant')) ?? '', new RegExp(`^cell-${String(last)}-`))
  // Only what comes into view is moved, and all stand in their order.
  const seen = await grid.evaluate(async (box) => {
    const layer = box.querySelector('.grid-layer')
    let moved = 0
    const observer = new MutationObserver((records) => {
      for (const {addedNodes} of records) moved += addedNodes.length
    })
    if (layer) observer.observe(layer, {childList: true})
    for (let step = 0; step < 5; step++) {
      box.scrollTop -= 132
      for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame)
    }
    const rows = [...box.querySelectorAll<HTMLElement>('[data-row]')].map(({dataset}) => Number(dataset['row']))
    return {moved, rows}
  })
  assert.ok(seen.moved >= 12 && seen.moved <= 40, `${String(seen.moved)} rows were moved`)
  assert.deepEqual(seen.rows, seen.rows.toSorted((a, b) => a - b))
  assert.equal(new Set(seen.rows).size, seen.rows.length)
  assert.deepEqual(real(complaints), [])
  await context.close()
})

test('filters narrow the rows down, say how many, and are cleared in one press', async () => {
  const {page, context} = await open('invoices')
  const all = countsOf(demoKey(stack, 'good')).invoices
  const shown = page.locator('.shown-line [role=status]')
  const narrowed = async (): Promise<number> => {
    await page.waitForTimeout(300)
    const count = await rowCount(page)
    assert.equal(await shown.innerText(), `${count.toLocaleString('en-US')} of ${all.toLocaleString('en-US')} shown`)
    return count
  }
  await page.getByRole('button', {name: 'Filter'}).click()
  await page.locator('.chip').filter({hasText: 'Open'}).click()
  const open_ = await narrowed()
  assert.ok(open_ > 10 && open_ < all)
  assert.ok((await cells(page, 'Status')).every((text) => text === 'Open'))
  // Key by key: what is put in at once is no change to Firefox.
  await page.getByLabel('Amount from').pressSequentially('100')
  await page.getByLabel('Amount to').pressSequentially('1000.50')
  await page.keyboard.press('Tab')
  await page.locator('.filter-panel select').selectOption('usd')
  const dear = await narrowed()
  assert.ok(dear > 0 && dear < open_)
  for (const text of await cells(page, 'Total')) {
    const amount = Number(text.replaceAll(/[$,]/g, ''))
    assert.ok(amount >= 100 && amount <= 1000.5, text)
  }
  // In other words than they are written: case does not count, in any script.
  await page.getByRole('button', {name: 'Clear the filters'}).click()
  assert.equal(await rowCount(page), all)
  await page.getByLabel('Search invoices').fill('JOS\u00c9 \u0161')
  const named = await narrowed()
  assert.ok(named > 0)
  assert.ok((await cells(page, 'Customer')).every((text) => text === 'Jos\u00e9 \u0160imi\u0107'))
  await page.getByLabel('Created until').fill('2001-01-01')
  await page.getByText('No invoices match').waitFor()
  assert.equal(await page.getByRole('grid').isVisible(), false)
  await page.locator('.empty').getByRole('button', {name: 'Clear the filters'}).click()
  await page.locator('.grid [data-row="0"]').waitFor()
  assert.equal(await rowCount(page), all)
  await context.close()
})

test('columns are chosen, pinned and made wider; a row leads to Stripe', async () => {
  const {page, context} = await open('invoices')
  const titles = async (): Promise<readonly string[]> => {
    await drawn(page)
    return page.getByRole('columnheader').allInnerTexts()
  }
  await page.locator('summary').filter({hasText: 'Columns'}).click()
  await page.getByRole('checkbox', {name: 'Subtotal'}).check()
  await page.getByRole('checkbox', {name: 'Customer id'}).check()
  await page.getByRole('checkbox', {name: 'Due on'}).uncheck()
  await page.getByRole('button', {name: 'Pin Total', exact: true}).click()
  await page.keyboard.press('Escape')
  assert.deepEqual(await titles(), ['Total', 'Number', 'Customer', 'Status', 'Created', 'Subtotal', 'Customer id'])
  // By keyboard, then by the edge.
  const total = page.getByRole('columnheader', {name: 'Total', exact: true})
  const width = async (): Promise<number> => {
    await drawn(page)
    return (await total.boundingBox())?.width ?? 0
  }
  const at = await width()
  await page.getByRole('grid').focus()
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Shift+ArrowRight')
  assert.equal(await width(), at + 16)
  const edge = await total.locator('.grip').boundingBox()
  assert.ok(edge)
  await page.mouse.move(edge.x + 6, edge.y + 10)
  await page.mouse.down()
  await page.mouse.move(edge.x + 66, edge.y + 10, {steps: 4})
  await page.mouse.up()
  assert.equal(await width(), at + 76)
  assert.equal(await total.getAttribute('aria-sort'), 'none')
  // On a narrow screen the rest moves under the pinned one.
  await page.setViewportSize({width: 600, height: 900})
  await page.getByRole('grid').focus()
  await page.keyboard.press('End')
  await drawn(page)
  const left = await page.getByRole('grid').evaluate((grid) => grid.scrollLeft)
  assert.ok(left > 100, String(left))
  const box = await total.boundingBox()
  const frame = await page.getByRole('grid').boundingBox()
  assert.ok(box && frame && Math.abs(box.x - frame.x) < 14)

  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  const link = page.getByRole('dialog').getByRole('link', {name: 'Open in Stripe'})
  assert.match((await link.getAttribute('href')) ?? '', /^https:\/\/dashboard\.stripe\.com\/invoices\/in_\w+$/)
  await context.close()
})

test('a cell looks like a cell, whatever its column holds', async () => {
  const {page, context} = await open('payments')
  const framed = await page.getByRole('grid').evaluate((grid) =>
    [...grid.querySelectorAll('[role=gridcell]:not(.active), [role=columnheader]')]
      .filter((cell) => {
        const {boxShadow, borderTopLeftRadius, borderTopWidth} = getComputedStyle(cell)
        return boxShadow !== 'none' || borderTopLeftRadius !== '0px' || borderTopWidth !== '0px'
      })
      .map((cell) => cell.className),
  )
  assert.deepEqual(framed, [])
  await context.close()
})

test('nothing moves under the reader while rows arrive', async () => {
  const {page, context} = await visit(stack, browser)
  await connect(page, demoKey(stack, 'large').key)
  await page.locator('.grid').waitFor()
  const moved = await page.evaluate(async () => {
    const shifts: string[] = []
    const observer = new PerformanceObserver((list) => {
      // Not yet in the DOM's types.
      type Shift = PerformanceEntry & {value: number; sources: {previousRect: DOMRect; currentRect: DOMRect}[]}
      for (const {value, sources} of list.getEntries() as Shift[]) {
        // Nodes of a shadow tree are kept back, so that places have to do.
        const names = sources.map(({previousRect: was, currentRect: is}) =>
          `${String(was.x)},${String(was.y)} ${String(was.width)}x${String(was.height)} to ${String(is.x)},${String(is.y)} ${String(is.width)}x${String(is.height)}`,
        )
        // A number set to the right begins further left with each digit; what moves a line is a hundred times more.
        if (value > 0.0002) shifts.push(`${value.toFixed(5)} ${names.join(', ')}`)
      }
    })
    observer.observe({type: 'layout-shift'})
    await new Promise((resolve) => setTimeout(resolve, 2500))
    observer.disconnect()
    return shifts
  })
  assert.deepEqual(moved, [])
  await context.close()
})

test('charts are drawn under the strict policy, and their figures add up', async () => {
  const {page, context, complaints} = await open('payments')
  await page.locator('.chart-plot canvas').waitFor()
  const drawn = await page.locator('.chart-plot canvas').evaluate((canvas: HTMLCanvasElement) => {
    const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? []
    let inked = 0
    for (let i = 3; i < pixels.length; i += 4) if (pixels[i] !== 0) inked++
    return inked / Math.max(pixels.length / 4, 1)
  })
  assert.ok(drawn > 0.02, String(drawn))
  await page.getByText('Show the figures').click()
  const monthly = await page.locator('.chart-table tbody tr').allInnerTexts()
  assert.ok(monthly.length > 6)
  assert.match(monthly[0] ?? '', /^\w{3} 20\d\d/)
  await page.getByLabel('Week or month').selectOption('week')
  await page.locator('.chart-table tbody th').filter({hasText: /, 20/}).first().waitFor()
  const box = await page.locator('.chart-plot').boundingBox()
  assert.ok(box)
  await page.mouse.move(box.x + box.width / 2, box.y + 60)
  await page.locator('.chart-readout').filter({hasText: /20\d\d: /}).waitFor()
  assert.deepEqual(real(complaints), [])
  await context.close()
})

/** Exports the table in view as asked for and gives the file. */
async function exported(page: Page, format: string, everything: boolean): Promise<Buffer> {
  const menu = page.locator('.menu').filter({hasText: 'Export'})
  if (!(await menu.locator('form').isVisible())) await menu.locator('summary').click()
  await page.getByRole('radio', {name: format}).check()
  await page.getByRole('radio', {name: everything ? 'Everything' : 'What is shown'}).check()
  const file = await saved(page, () => page.getByRole('button', {name: 'Save the file'}).click())
  assert.match(file.name, /^stripe-invoices-live-\d{4}-\d\d-\d\d\.(csv|jsonl|arrows)$/)
  return file.bytes
}

interface SavedFile {
  readonly name: string
  readonly bytes: Buffer
}

async function saved(page: Page, press: () => Promise<void>): Promise<SavedFile> {
  const said = page.getByText(/ is in your downloads/)
  if (engine === 'chromium') {
    const [download] = await Promise.all([page.waitForEvent('download'), press()])
    const name = download.suggestedFilename()
    await said.filter({hasText: name}).waitFor()
    return {name, bytes: await readFile(await download.path())}
  }
  // Firefox tells nobody of its downloads over BiDi: what the link is given is read instead.
  await page.evaluate(() => {
    const give = URL.createObjectURL.bind(URL)
    URL.createObjectURL = (file: Blob) => {
      Object.assign(globalThis, {saved: file})
      return give(file)
    }
  })
  await press()
  await said.waitFor()
  const text = await page.evaluate(async () => {
    const bytes = new Uint8Array(await (globalThis as unknown as {saved: Blob}).saved.arrayBuffer())
    let binary = ''
    for (const byte of bytes) binary += String.fromCharCode(byte)
    return btoa(binary)
  })
  const [name = ''] = (await said.innerText()).match(/\S+/) ?? []
  return {name, bytes: Buffer.from(text, 'base64')}
}

type Row = Record<string, string | number | boolean | null>

/** As another reader gives it, in the types of JSON. */
const plain = (value: unknown): Row[string] => {
  if (typeof value === 'bigint') return Number(value)
  if (typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean') return value
  return null
}

/** Row by row: the difference of two thousand rows takes the assertion minutes to tell. */
function assertSame(actual: readonly Row[], expected: readonly Row[]): void {
  assert.equal(actual.length, expected.length)
  for (const [index, row] of expected.entries()) assert.deepEqual(actual[index], row)
}

/** As JSON Lines has them; both libraries give times in milliseconds. */
function plainRows(rows: readonly {toJSON(): Record<string, unknown>}[], times: readonly string[]): readonly Row[] {
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row.toJSON()).map(([name, cell]) => {
        const value = plain(cell)
        return [name, times.includes(name) && typeof value === 'number' ? value / 1000 : value]
      }),
    ),
  )
}

/** What DuckDB reads of an Arrow stream, and what it adds up. */
async function readByDuckdb(stream: Buffer, times: readonly string[]): Promise<{rows: readonly Row[]; total: unknown}> {
  const require = createRequire(new URL('../../web/package.json', import.meta.url))
  const duckdb = require('@duckdb/duckdb-wasm/blocking') as typeof import('@duckdb/duckdb-wasm/blocking')
  const mainModule = require.resolve('@duckdb/duckdb-wasm/dist/duckdb-eh.wasm')
  const bundle = {mainModule, mainWorker: ''}
  const database = await duckdb.createDuckDB({mvp: bundle, eh: bundle}, new duckdb.VoidLogger(), duckdb.NODE_RUNTIME)
  await database.instantiate(() => undefined)
  const connection = database.connect()
  // It would wait for a network to fetch what it does not need.
  connection.query('SET autoload_known_extensions = false')
  connection.insertArrowFromIPCStream(new Uint8Array(stream), {name: 'rows', create: true})
  const rows = plainRows(connection.query('SELECT * FROM rows').toArray(), times)
  const sum = connection.query("SELECT sum(total)::bigint AS total FROM rows WHERE currency = 'usd'").toArray()
  return {rows, total: plain((sum[0] as {total: unknown}).total)}
}

test('what is exported is read back by others with the same values', async () => {
  const {page, context, complaints} = await open('invoices')
  const lines = (await exported(page, 'JSON Lines', true)).toString('utf8').trimEnd().split('\n')
  const rows = lines.map((line) => JSON.parse(line) as Row)
  assert.equal(rows.length, countsOf(demoKey(stack, 'good')).invoices)
  assert.ok(rows.every((row, index) => index === 0 || Number(row['created']) <= Number(rows[index - 1]?.['created'])))

  const stream = await exported(page, 'Arrow', true)
  const table = tableFromIPC(stream)
  const times = table.schema.fields.filter(({type}) => String(type).startsWith('Timestamp')).map(({name}) => name)
  assert.ok(times.includes('created'))
  assert.equal(table.schema.fields.find(({name}) => name === 'total')?.metadata.get('currency_column'), 'currency')
  assertSame(plainRows(table.toArray(), times), rows)
  const read = await readByDuckdb(stream, times)
  assertSame(read.rows, rows)
  const dollars = rows.filter((row) => row['currency'] === 'usd')
  assert.equal(read.total, dollars.reduce((sum, row) => sum + Number(row['total']), 0))

  // What is shown: filter, order and columns of the grid, the currency beside the money.
  await page.keyboard.press('Escape')
  await page.getByRole('columnheader', {name: 'Total'}).click()
  await page.getByRole('button', {name: 'Filter'}).click()
  await page.locator('.chip').filter({hasText: 'Draft'}).click()
  const csv = (await exported(page, 'CSV', false)).toString('utf8')
  assert.ok(csv.startsWith('\ufeffnumber,customer_name,total,currency,status,due_date,created\r\n'), csv.slice(0, 90))
  const drafts = rows.filter((row) => row['status'] === 'draft')
  const written = csv.trimEnd().split('\r\n').slice(1)
  assert.equal(written.length, drafts.length)
  const totals = written.map((line) => Number(/,(-?[\d.]+),([a-z]{3}),draft,/.exec(line)?.[1]))
  assert.ok(totals.every((total) => Number.isFinite(total)))
  const decimals: Record<string, number> = {jpy: 0, kwd: 3}
  const inUnits = (row: Row): number => Number(row['total']) / 10 ** (decimals[String(row['currency'])] ?? 2)
  assert.deepEqual([...totals].sort((a, b) => a - b), drafts.map(inUnits).sort((a, b) => a - b))
  assert.deepEqual(real(complaints), [])
  await context.close()
})
