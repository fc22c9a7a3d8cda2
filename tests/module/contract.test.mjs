// What two languages must agree on, compared.

import assert from 'node:assert/strict'
import {readFile} from 'node:fs/promises'
import {test} from 'node:test'

import createPrecision from '../../web/generated/precision.js'

const {Session} = await createPrecision({})

test('the error codes of TypeScript are those of the module, in its order', async () => {
  const source = await readFile(new URL('../../web/module/errors.ts', import.meta.url), 'utf8')
  const listed = [...source.matchAll(/^ {2}'([a-z_]+)',$/gm)].map((match) => match[1])
  assert.deepEqual(listed, [...Session.errorCodes()])
})

test('every table has an id first, and columns of its own', async () => {
  const source = await readFile(new URL('../../web/module/types.ts', import.meta.url), 'utf8')
  const [, usual, more] = source.match(/type TableName = (.*?)\n\n.*?type MoreTableName =(.*?)\nexport/s)
  const tables = [...`${usual}${more}`.matchAll(/'([a-z_]+)'/g)].map((match) => match[1])
  assert.equal(tables.length, 16)
  const raw = new Session('/stripe', 1, () => {})
  const seen = new Set()
  for (const table of tables) {
    const columns = raw.columns(table)
    seen.add(columns.map((column) => column.name).join())
    assert.equal(columns[0]?.name, 'id')
    const names = columns.map((column) => column.name)
    assert.equal(new Set(names).size, names.length)
    for (const column of columns) {
      if (column.type === 'money') assert.ok(names.includes(column.currencyColumn), `${table}.${column.name}`)
    }
    assert.equal(raw.rowCount(table), 0)
    assert.deepEqual(raw.rows(table, ['id'], 0, 10), [[]])
  }
  assert.equal(seen.size, tables.length)
  raw.delete()
})

test('a host may bring its own policy, and a bad one is refused', () => {
  const raw = new Session('/stripe', 1, () => {})
  assert.match(raw.createKeyUrl(true), /rak_customer_read/)
  const policy = {version: 1, key_name: 'Ours', rules: [{permissions: ['invoice'], level: 'read', sentence: 'Only these.'}]}
  assert.equal(raw.usePolicy(JSON.stringify(policy)).ok, true)
  assert.match(raw.createKeyUrl(true), /name=Ours&permissions%5B%5D=rak_invoice_read$/)
  assert.deepEqual(JSON.parse(raw.report()).sentences, ['Only these.'])
  const bad = raw.usePolicy(JSON.stringify({...policy, rules: [{permissions: ['teapot'], level: 'read'}]}))
  assert.equal(bad.error.code, 'policy_unreadable')
  // The one before it still counts.
  assert.match(raw.createKeyUrl(true), /name=Ours/)
  raw.delete()
})

test('nothing can be started without a key', () => {
  const raw = new Session('/stripe', 1, () => {})
  assert.equal(raw.startAudit(false).error.code, 'not_ready')
  assert.equal(raw.startPull(['invoices'], {}).error.code, 'not_ready')
  raw.pause()
  raw.resume()
  raw.cancel()
  raw.delete()
})
