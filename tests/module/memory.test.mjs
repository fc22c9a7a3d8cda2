// The raw module under Node: what was typed must not stay behind in its memory.

import assert from 'node:assert/strict'
import {test} from 'node:test'

import createPrecision from '../../web/generated/precision.js'

// Made up, and joined here so that no secret scanner takes it for a real one.
// Nothing in it repeats, so that one copy is found once.
const body = `51Memory${Array.from({length: 30}, (_, i) => `${String.fromCharCode(97 + (i % 26))}${i + 10}`).join('')}Q`
const key = 'rk_live_' + body

async function open() {
  const module = await createPrecision({})
  const raw = new module.Session('/stripe', 1, () => {})
  const write = (first, second = '') => {
    const a = new TextEncoder().encode(first)
    const b = new TextEncoder().encode(second)
    const input = raw.input(a.length + b.length)
    input.set(a, 0)
    input.set(b, a.length)
    return a.length
  }
  return {module, raw, write}
}

/** How often the text stands in the module's memory, as the bytes of UTF-8. */
function copies(module, text) {
  const memory = Buffer.from(module.HEAPU8.buffer, module.HEAPU8.byteOffset, module.HEAPU8.byteLength)
  let found = 0
  for (let at = memory.indexOf(text); at !== -1; at = memory.indexOf(text, at + 1)) found += 1
  return found
}

// Long enough that no prefix or tail that may be shown holds it.
const telling = body.slice(8, 40)

test('checking what is typed leaves no copy behind', async () => {
  const {module, raw, write} = await open()
  write(key)
  assert.ok(copies(module, telling) > 0, 'the search must be able to find it')
  assert.equal(raw.checkKey().error, null)
  for (const text of [` ${key}\n`, `STRIPE_KEY="${key}"`, `Bearer ${key}`, `${key.slice(0, 50)}\r\n  ${key.slice(50)}`,
    `${key} ${key}`, `my key is ${key}, thanks`, `sk_live_${body}`, `${key}-x`, key.slice(0, 60)]) {
    raw.checkFields(write(text, ''))
    raw.checkFields(write('', text))
    raw.checkFields(write(text, text))
  }
  assert.equal(copies(module, telling), 0)
  raw.delete()
})

test('a key is handed over once, and the copy can be overwritten', async () => {
  const {module, raw, write} = await open()
  assert.equal(raw.handOverKey().length, 0)
  write(key)
  raw.useKey()
  const view = raw.handOverKey()
  assert.equal(Buffer.from(view).toString(), key)
  view.fill(0)
  assert.equal(copies(module, telling), 1)
  assert.equal(raw.handOverKey().length, 0)
  raw.delete()
  assert.equal(copies(module, telling), 0)
})

test('a key in use stands in one place, and in none once let go', async () => {
  const {module, raw, write} = await open()
  write(key)
  const outcome = raw.useKey()
  assert.equal(outcome.ok, true)
  assert.equal(copies(module, telling), 1)
  raw.delete()
  assert.equal(copies(module, telling), 0)
})

test('a refused key leaves nothing behind', async () => {
  const {module, raw, write} = await open()
  write('sk_live_' + body)
  const outcome = raw.useKey()
  assert.equal(outcome.ok, false)
  assert.equal(outcome.error.code, 'key_secret')
  assert.ok(!outcome.error.detail.includes(body.slice(0, 8)))
  assert.equal(copies(module, telling), 0)
  raw.delete()
})
