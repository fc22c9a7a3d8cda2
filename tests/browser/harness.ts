// The real thing, started for a test: demo Stripe, nginx with the page and the proxy,
// and Chromium. Set PAGE_URL and DEMO_KEYS (the lines of `demo-stripe --list-keys`) to
// test a page that runs elsewhere.

import assert from 'node:assert/strict'
import {execFileSync, spawn, type ChildProcess} from 'node:child_process'
import {existsSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync} from 'node:fs'
import {createServer} from 'node:net'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {setTimeout as wait} from 'node:timers/promises'
import {fileURLToPath} from 'node:url'
import axe from 'axe-core'
import type {Browser, BrowserContext, Page} from 'playwright-core'
import {emulatesMedia, engine} from './engines.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const native = join(root, process.env['PRECISION_NATIVE_BUILD'] ?? 'build/native')
const shots = join(root, 'build/screenshots')

const tables = ['customers', 'invoices', 'payments', 'subscriptions'] as const
export type Table = (typeof tables)[number]
export type Counts = Record<Table, number>

export interface DemoKey extends Partial<Counts> {
  readonly name: string
  readonly key: string
  readonly what: string
}

export interface Stack {
  readonly url: string
  readonly keys: ReadonlyMap<string, DemoKey>
  /** Where nginx writes its logs; null for a page that runs elsewhere. */
  readonly state: string | null
  stop(): Promise<void>
}

function parseKeys(lines: string): ReadonlyMap<string, DemoKey> {
  const keys = lines
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as DemoKey)
  return new Map(keys.map((key) => [key.name, key]))
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => {
        if (address && typeof address === 'object') resolve(address.port)
        else reject(new Error('no port'))
      })
    })
  })
}

async function answers(port: number, child: ChildProcess, what: string): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    assert.equal(child.exitCode, null, `${what} stopped at once`)
    const open = await new Promise<boolean>((resolve) => {
      void import('node:net').then(({connect}) => {
        const socket = connect(port, '127.0.0.1', () => {
          socket.destroy()
          resolve(true)
        })
        socket.once('error', () => {
          resolve(false)
        })
      })
    })
    if (open) return
    await wait(25)
  }
  throw new Error(`${what} did not answer`)
}

/** `page`: the folder to serve, instead of the example page. */
export async function startStack(options: {latencyMs?: number; page?: string} = {}): Promise<Stack> {
  const {PAGE_URL: url, DEMO_KEYS: lines} = process.env
  if (url && lines) {
    return {url, keys: parseKeys(lines), state: null, stop: () => Promise.resolve()}
  }
  const demo = join(native, 'bin/demo-stripe')
  assert.ok(existsSync(demo), 'the demo Stripe is not built: scripts/build native')
  assert.ok(existsSync(join(root, 'web/dist/page/index.html')), 'the page is not built: scripts/build module web')
  const state = mkdtempSync(join(tmpdir(), 'precision-browser-'))
  const children: ChildProcess[] = []
  const start = (command: string, args: readonly string[], name: string): ChildProcess => {
    const log = openSync(join(state, `${name}.out`), 'w')
    const child = spawn(command, args, {stdio: ['ignore', log, log]})
    children.push(child)
    return child
  }
  const stop = async (): Promise<void> => {
    for (const child of children.reverse()) {
      if (child.exitCode !== null) continue
      child.kill('SIGTERM')
      await Promise.race([new Promise((resolve) => child.once('exit', resolve)), wait(3000)])
      child.kill('SIGKILL')
    }
    rmSync(state, {recursive: true, force: true})
  }
  try {
    const upstream = await freePort()
    const latency = String(options.latencyMs ?? 0)
    const stripe = start(demo, ['--port', String(upstream), '--latency-ms', latency], 'demo-stripe')
    await answers(upstream, stripe, 'the demo Stripe')
    const port = await freePort()
    const config = join(state, 'nginx.conf')
    execFileSync(join(root, 'web/proxy/render'), [
      '--output', config,
      '--listen', `127.0.0.1:${String(port)}`,
      '--upstream', `http://127.0.0.1:${String(upstream)}`,
      '--page', options.page ?? join(root, 'web/dist/page'),
      '--state', state,
      '--allow-list', join(native, 'generated/allow_list.conf'),
      '--check-write',
    ])
    await answers(port, start('nginx', ['-p', state, '-c', config], 'nginx'), 'the proxy')
    const keys = parseKeys(execFileSync(demo, ['--list-keys'], {encoding: 'utf8'}))
    return {url: `http://127.0.0.1:${String(port)}/`, keys, state, stop}
  } catch (error) {
    await stop()
    throw error
  }
}

/** A page of its own, with whatever the browser complains of. */
export interface Visit {
  readonly page: Page
  readonly context: BrowserContext
  readonly complaints: string[]
  readonly requests: {readonly method: string; readonly url: string}[]
}

export async function openPage(stack: Stack, context: BrowserContext): Promise<Visit> {
  context.setDefaultTimeout(15_000)
  const page = await context.newPage()
  const complaints: string[] = []
  const requests: {method: string; url: string}[] = []
  page.on('console', (message) => {
    complaints.push(`${message.type()}: ${message.text()}`)
  })
  page.on('pageerror', (error) => {
    complaints.push(String(error.stack))
  })
  page.on('request', (request) => {
    requests.push({method: request.method(), url: request.url()})
  })
  await page.goto(stack.url)
  await page.getByLabel('Restricted key').waitFor()
  return {page, context, complaints, requests}
}

export async function visit(stack: Stack, browser: Browser): Promise<Visit> {
  const context = await browser.newContext({locale: 'en-US', viewport: {width: 1440, height: 960}})
  return openPage(stack, context)
}

export function demoKey(stack: Stack, name: string): DemoKey {
  const key = stack.keys.get(name)
  assert.ok(key, `the demo Stripe has no key called ${name}`)
  return key
}

export async function paste(page: Page, text: string): Promise<void> {
  await page.getByLabel('Restricted key').fill(text)
}

export async function connect(page: Page, key: string): Promise<void> {
  await paste(page, key)
  await page.getByRole('button', {name: 'Connect', exact: true}).click()
}

/** What was just pressed is drawn by now: the element draws in a turn of its own, its rows with the next frames. */
export async function drawn(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await (document.querySelector('precision-stripe') as {updateComplete?: Promise<unknown>} | null)?.updateComplete
    for (let frame = 0; frame < 4; frame++) await new Promise(requestAnimationFrame)
  })
}

/** The numbers on the four tabs. */
export async function shownCounts(page: Page): Promise<Counts> {
  const counts: Counts = {customers: -1, invoices: -1, payments: -1, subscriptions: -1}
  for (const table of tables) {
    const text = await page.locator(`#tab-${table} .tab-count`).innerText()
    const digits = text.replaceAll(/\D/g, '')
    counts[table] = digits === '' ? -1 : Number(digits)
  }
  return counts
}

export function countsOf(key: DemoKey): Counts {
  const counts: Counts = {customers: -1, invoices: -1, payments: -1, subscriptions: -1}
  for (const table of tables) {
    const count = key[table]
    assert.ok(count !== undefined, `--list-keys gives no ${table} for ${key.name}`)
    counts[table] = count
  }
  return counts
}

export async function pullEnds(page: Page, timeout = 60_000): Promise<void> {
  await page.getByText('Everything is here').waitFor({timeout})
}

/** What axe-core finds, one line each; of one rule, or of all. */
export async function accessibilityProblems(page: Page, rule?: string): Promise<readonly string[]> {
  await page.evaluate(axe.source)
  const found = await page.evaluate(async (only) => {
    const tool = (globalThis as unknown as {axe: typeof import('axe-core')}).axe
    const {violations} = await tool.run(document, {
      resultTypes: ['violations'],
      ...(only ? {runOnly: [only]} : {}),
    })
    return violations.flatMap(({id, nodes}) =>
      nodes.map((node) => `${id}: ${JSON.stringify(node.target)} ${node.failureSummary ?? ''}`),
    )
  }, rule)
  return found
}

const sizes = [
  {width: 390, height: 844},
  {width: 768, height: 1024},
  {width: 1440, height: 960},
]

/** One part of the page, as the README shows it. */
export async function takePicture(page: Page, name: string, part: string): Promise<void> {
  mkdirSync(shots, {recursive: true})
  await page.locator(part).screenshot({path: join(shots, `${name}.png`)})
}

/** Pictures for people to look at, in every size, light and dark; of Chromium alone. */
export async function takePictures(page: Page, name: string): Promise<void> {
  mkdirSync(shots, {recursive: true})
  for (const colorScheme of emulatesMedia ? (['light', 'dark'] as const) : (['light'] as const)) {
    await page.emulateMedia({colorScheme})
    for (const size of sizes) {
      await page.setViewportSize(size)
      await page.waitForTimeout(60)
      const file = `${name}-${String(size.width)}-${colorScheme}.png`
      if (engine === 'chromium') await page.screenshot({path: join(shots, file), fullPage: true})
      const wider = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      assert.ok(wider <= 0, `${file} is ${String(wider)} px wider than the screen`)
    }
  }
  await page.emulateMedia({colorScheme: 'light'})
  await page.setViewportSize({width: 1440, height: 960})
}

/** Every file below a folder that holds one of the texts, in UTF-8 or UTF-16. */
export function filesWith(folder: string, texts: readonly string[]): readonly string[] {
  const needles = texts.flatMap((text) => [Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le')])
  const found: string[] = []
  for (const entry of readdirSync(folder, {recursive: true, withFileTypes: true})) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const bytes = readFileSync(path)
    if (needles.some((needle) => bytes.includes(needle))) found.push(path)
  }
  return found
}
