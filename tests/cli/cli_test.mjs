// The built command line tool, as support would use it.

import assert from 'node:assert/strict'
import {spawnSync} from 'node:child_process'
import {readFileSync} from 'node:fs'
import path from 'node:path'
import {describe, it} from 'node:test'
import {fileURLToPath} from 'node:url'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')
const program = path.join(root, 'build/native/bin/precision-stripe')

function run(args, input = '') {
  const {status, stdout, stderr} = spawnSync(program, args, {input, encoding: 'utf8', maxBuffer: 1 << 26})
  return {status, stdout, stderr}
}
const rows = (stdout) => stdout.split('\n').filter(Boolean).map((line) => JSON.parse(line))

describe('key', () => {
  const suffix = 'Ab1'.repeat(33)
  it('a restricted key is good, and never echoed', () => {
    for (const mode of ['live', 'test']) {
      const {status, stdout, stderr} = run(['key'], ` "rk_${mode}_${suffix}"\n`)
      assert.equal(status, 0)
      assert.equal(rows(stdout).length, 1)
      assert.ok(!(stdout + stderr).includes(suffix.slice(0, 20)))
    }
  })
  it('anything else is not, and is not echoed either', () => {
    for (const text of ['', `sk_live_${suffix}`, 'correct horse battery staple', `rk_live_${suffix.slice(0, 40)}\u2022`]) {
      const {status, stdout, stderr} = run(['key'], text)
      assert.equal(status, 1, text)
      assert.equal(rows(stdout).length, 1)
      if (text) assert.ok(!(stdout + stderr).includes(text.slice(0, 24)))
    }
  })
})

describe('normalize', () => {
  const customer = (i) => ({id: `cus_${i}`, object: 'customer', name: `Customer ${i}`, created: 1500000000 + i})
  it('a list page, one object, JSON lines and an event', () => {
    const one = customer(1)
    for (const text of [JSON.stringify({object: 'list', has_more: false, data: [one]}), JSON.stringify(one, null, 2),
      `${JSON.stringify(one)}\n`, JSON.stringify({object: 'event', id: 'evt_1', data: {object: one}})]) {
      const {status, stdout} = run(['normalize', 'customers'], text)
      assert.equal(status, 0)
      assert.equal(rows(stdout)[0].name, 'Customer 1')
    }
  })
  it('every table by its name and for one of it', () => {
    const usage = run(['normalize']).stderr
    const names = usage.trim().split(' ').slice(usage.trim().split(' ').indexOf('any') + 1)
    assert.ok(names.length >= 17, usage)
    for (const name of names) {
      for (const given of [name, name.replace(/s$/, '')]) {
        const {status, stderr} = run(['normalize', given], '{"object":"list","data":[]}')
        assert.equal(status, 0, `${given}: ${stderr}`)
      }
    }
  })
  it('only the rows asked for, with those that others hold', () => {
    const invoice = {id: 'in_1', object: 'invoice', total: 7, lines: {object: 'list', data: [{id: 'il_1', amount: 7}]}}
    assert.deepEqual(rows(run(['normalize', 'invoices'], JSON.stringify(invoice)).stdout).map((row) => row.id), ['in_1'])
    const lines = rows(run(['normalize', 'invoice_lines'], JSON.stringify(invoice)).stdout)
    assert.deepEqual(lines.map((row) => [row.id, row.invoice, row.amount]), [['il_1', 'in_1', 7]])
  })
  it('a body kept as text, as gateways and recorders do', () => {
    const body = JSON.stringify({object: 'list', data: [customer(1), customer(2)]})
    const {status, stdout, stderr} = run(['normalize', 'customers'], JSON.stringify({statusCode: 200, headers: {a: 'b'}, body}))
    assert.equal(status, 0)
    assert.equal(rows(stdout).length, 2)
    assert.equal(stderr, '')
  })
  it('numbers in any notation, exactly', () => {
    const {stdout} = run(['normalize', 'balance_transactions'],
      '{"id":"txn_1","object":"balance_transaction","amount":1.2e3,"fee":12.0,"exchange_rate":8.5e-05}')
    const [row] = rows(stdout)
    assert.deepEqual([row.amount, row.fee, row.exchange_rate], [1200, 12, '0.000085'])
  })
  it('bad input: a clear error, exit 1, no row', () => {
    for (const [text, code] of [['', 'json_malformed'], ['{"id": "cus_1"', 'json_malformed'], ['not json', 'json_malformed'],
      ['{"object": "account", "id": "acct_1"}', 'object_unknown'], ['{"object": "customer"}', 'row_without_id']]) {
      const {status, stdout, stderr} = run(['normalize', 'customers'], text)
      assert.equal(status, 1, text)
      assert.equal(stdout, '')
      assert.match(stderr, new RegExp(`^error: ${code}: .+\\.$`, 'm'))
    }
  })
  it('a bad line among others: their rows, a clear error, exit 1', () => {
    const {status, stdout, stderr} = run(['normalize', 'customers'],
      '{"id":"cus_1","object":"customer"}\n{"id":"cus_\n{"id":"cus_3","object":"customer"}\n')
    assert.equal(status, 1)
    assert.deepEqual(rows(stdout).map(({id}) => id), ['cus_1', 'cus_3'])
    assert.match(stderr, /^error: json_malformed: no JSON on line 2\.$/m)
  })
  it('odd rows: kept, noted, exit 0', () => {
    const {status, stdout, stderr} = run(['normalize', 'refunds'],
      '{"id":"re_1","object":"refund","amount":"x","status":"gone"}\n{"object":"refund"}\n')
    assert.equal(status, 0)
    assert.equal(rows(stdout).length, 1)
    assert.match(stderr, /1 refunds row, column amount: re_1/)
    assert.match(stderr, /row_without_id/)
  })
  it('many lines', () => {
    const many = Array.from({length: 20000}, (_, i) => JSON.stringify(customer(i))).join('\n')
    const {status, stdout} = run(['normalize', 'customers'], many)
    assert.equal(status, 0)
    const read = rows(stdout)
    assert.equal(read.length, 20000)
    assert.equal(read[19999].name, 'Customer 19999')
  })
})

describe('explain', () => {
  it('an answer of Stripe', () => {
    const {status, stdout} = run(['explain'], '401\n\n{"error":{"type":"invalid_request_error","message":"Invalid API Key provided: rk_live_****wXyZ"}}')
    assert.equal(status, 0)
    assert.equal(rows(stdout).length, 1)
  })
  it('nothing to explain', () => {
    assert.equal(run(['explain'], 'hello').status, 1)
  })
})

describe('describe', () => {
  it('the catalogues', () => {
    const {status, stdout} = run(['describe'])
    assert.equal(status, 0)
    assert.ok(JSON.parse(stdout).permissions.length > 90)
  })
  it('the tables, as web/tables.md has them', () => {
    const {status, stdout} = run(['describe', 'tables'])
    assert.equal(status, 0)
    assert.equal(stdout, readFileSync(path.join(root, 'web/tables.md'), 'utf8'), 'run: scripts/env precision-stripe describe tables > web/tables.md')
  })
})

describe('usage', () => {
  it('is told where it is wrong', () => {
    for (const args of [[], ['normalize'], ['normalize', 'nothing'], ['describe', 'nothing'], ['nothing']]) {
      const {status, stderr} = run(args)
      assert.equal(status, 2, args.join(' '))
      assert.match(stderr, /usage/)
    }
  })
})
