// The package as an engineer gets it: packed, put into three small apps, built by their own tools, and
// driven in a browser under the strict policy of the README.

import assert from 'node:assert/strict'
import {execFileSync} from 'node:child_process'
import {cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {after, before, test} from 'node:test'
import {fileURLToPath} from 'node:url'
import type {Browser, Page} from 'playwright-core'
import {build} from 'vite'
import {startBrowser} from '../browser/engines.js'
import {connect, countsOf, demoKey, pullEnds, shownCounts, startStack, type Stack} from '../browser/harness.js'

const web = fileURLToPath(new URL('../../web/', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'precision-package-'))
const installed = join(folder, 'node_modules/precision-stripe')
let browser: Browser

before(async () => {
  const said = execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder], {
    cwd: web,
    encoding: 'utf8',
  })
  const packed = said.trim().split('\n').at(-1) ?? ''
  mkdirSync(installed, {recursive: true})
  execFileSync('tar', ['-xzf', join(folder, packed), '-C', installed, '--strip-components=1'])
  // What it depends on, and what an app brings itself; nothing of what it was built with.
  const present = ['lit', 'lit-html', 'lit-element', '@lit', 'react', 'react-dom', 'scheduler', '@types', 'csstype']
  for (const name of present) {
    symlinkSync(join(web, 'node_modules', name), join(folder, 'node_modules', name))
  }
  cpSync(join(web, 'examples'), folder, {recursive: true})
  browser = await startBrowser()
})
after(async () => {
  await browser.close()
  rmSync(folder, {recursive: true, force: true})
})

/** Serves a folder with the proxy beside it, and fails on whatever the browser complains of. */
async function drive(page: string, work: (visit: Page, stack: Stack) => Promise<void>): Promise<void> {
  const stack = await startStack({page})
  const context = await browser.newContext({locale: 'en-US'})
  try {
    const visit = await context.newPage()
    const complaints: string[] = []
    visit.on('console', (message) => complaints.push(message.text()))
    visit.on('pageerror', (error) => complaints.push(String(error)))
    const answer = await visit.goto(stack.url)
    assert.match(answer?.headers()['content-security-policy'] ?? '', /script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; style-src 'self'/)
    await work(visit, stack)
    // The browser itself notes each refusal that the audit asks for.
    assert.deepEqual(complaints.filter((line) => !line.includes('Failed to load resource')), [])
  } finally {
    await context.close()
    await stack.stop()
  }
}

async function built(name: string): Promise<string> {
  const root = join(folder, name)
  await build({root, configFile: false, logLevel: 'error', build: {target: 'es2023', assetsInlineLimit: 0, modulePreload: {polyfill: false}}})
  return join(root, 'dist')
}

test('the package holds what it exports and what its documentation names', () => {
  interface Manifest {
    exports: Record<string, string | Record<string, string>>
    dependencies: Readonly<Record<string, string>>
    customElements: string
  }
  const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as Manifest
  for (const [name, target] of Object.entries(manifest.exports)) {
    for (const file of typeof target === 'string' ? [target] : Object.values(target)) {
      assert.ok(existsSync(join(installed, file)), `${name}: ${file}`)
    }
  }
  assert.ok(existsSync(join(installed, manifest.customElements)))
  assert.ok(existsSync(join(installed, 'README.md')))
  // Its types alone: the code of it is in dist/.
  assert.deepEqual(Object.keys(manifest.dependencies), ['lit'])
  assert.deepEqual(readdirSync(join(installed, 'dist')).filter((name) => name === 'page'), [])
})

test('a plain page with one script tag', async () => {
  const root = join(folder, 'plain')
  cpSync(join(installed, 'dist'), join(root, 'precision-stripe'), {recursive: true})
  await drive(root, async (page, stack) => {
    const good = demoKey(stack, 'good')
    await connect(page, good.key)
    await pullEnds(page)
    assert.deepEqual(await shownCounts(page), countsOf(good))
    // Handed over once, on an explicit call.
    const handed = await page.evaluate(() => {
      const card = document.querySelector('precision-stripe')
      const key = card?.handOverKey()
      return [key ? new TextDecoder().decode(key) : null, card?.handOverKey()]
    })
    assert.deepEqual(handed, [good.key, null])
  })
})

test('a Vite app with the module alone: an audit, and rows as they come', async () => {
  const root = await built('vite')
  assert.ok(readdirSync(join(root, 'assets')).some((name) => /^precision-.*\.wasm$/.test(name)))
  await drive(root, async (page, stack) => {
    const good = demoKey(stack, 'good')
    await page.locator('#key').fill(good.key)
    await page.locator('#go').click()
    await page.getByText(`${String(countsOf(good).invoices)} invoices in all, the last was in_`).waitFor({timeout: 60_000})
    // Aborted, it stops at once; a key that Stripe does not know is an error of the closed list.
    await page.locator('#key').fill(demoKey(stack, 'large').key)
    await page.locator('#go').click()
    await page.getByText(/^\d+ invoices, the last/).waitFor({timeout: 60_000})
    await page.locator('#stop').click()
    await page.getByText('Stopped').waitFor({timeout: 2000})
    await page.locator('#key').fill('nonsense')
    await page.locator('#go').click()
    await page.getByText('Failed: key_unrecognized').waitFor()
  })
})

test('a React app', async () => {
  const root = await built('react')
  await drive(root, async (page, stack) => {
    await page.getByText('Not connected').waitFor()
    await connect(page, demoKey(stack, 'test').key)
    await page.getByText('Connected to test data').waitFor({timeout: 60_000})
  })
})

test('the examples are right to the type checker, without the package\u2019s sources', () => {
  const config = {
    compilerOptions: {
      strict: true, noEmit: true, target: 'ES2023', lib: ['ES2024', 'DOM', 'DOM.Iterable'], module: 'ESNext',
      moduleResolution: 'bundler', jsx: 'react-jsx', types: [], skipLibCheck: false,
    },
    files: ['vite/main.ts', 'react/main.tsx'],
  }
  const file = join(folder, 'tsconfig.json')
  writeFileSync(file, JSON.stringify(config))
  execFileSync(join(web, 'node_modules/.bin/tsc'), ['-p', file], {encoding: 'utf8', stdio: 'pipe'})
})

test('a module that is not the one expected is refused', async () => {
  const root = join(folder, 'plain')
  const {['precision.wasm']: right = ''} = JSON.parse(
    readFileSync(join(installed, 'dist/integrity.json'), 'utf8'),
  ) as Record<string, string>
  const stack = await startStack({page: root})
  const context = await browser.newContext({locale: 'en-US'})
  try {
    const page = await context.newPage()
    await page.goto(stack.url)
    const open = (wasmIntegrity: string): Promise<string> =>
      page.evaluate(async (hash) => {
        const {openSession} = (await import(new URL('precision-stripe/index.js', location.href).href)) as typeof import('../../web/module/index.js')
        return openSession({proxy: '/stripe', wasmIntegrity: hash}).then(
          (session) => session.checkKey('').error ?? '',
          () => 'refused',
        )
      }, wasmIntegrity)
    assert.equal(await open(right), 'key_empty')
    assert.equal(await open(`sha384-${'A'.repeat(64)}`), 'refused')
  } finally {
    await context.close()
    await stack.stop()
  }
})
