// The official client, unmodified, against the demo Stripe: what it makes of
// the answers keeps the demo honest.

import assert from 'node:assert/strict'
import {spawn, spawnSync} from 'node:child_process'
import {mkdtempSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {after, before, describe, it} from 'node:test'
import {fileURLToPath} from 'node:url'

import Stripe from 'stripe'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')
const program = path.join(process.env.PRECISION_BUILD ?? path.join(root, 'build/native'), 'bin/demo-stripe')
const folder = mkdtempSync(path.join(tmpdir(), 'precision-client-'))
const keys = {}
// One without the request limits, so that no test depends on how fast the ones before it were; one with them.
const demo = {program: undefined, port: undefined, options: ['--no-rate-limits']}
const limitedDemo = {program: undefined, port: undefined, options: []}

async function open(door, name) {
  const portFile = path.join(folder, name)
  door.program = spawn(program, ['--port-file', portFile, ...door.options], {stdio: 'ignore'})
  for (let tries = 0; door.port === undefined; ++tries) {
    assert.ok(tries < 200, 'demo-stripe did not open its port')
    await new Promise((done) => setTimeout(done, 50))
    try {
      door.port = Number(readFileSync(portFile, 'utf8')) || undefined
    } catch {
      // Not there yet.
    }
  }
}

async function close(door) {
  const ended = new Promise((done) => door.program.once('exit', done))
  door.program.kill('SIGINT')
  assert.equal(await ended, 0)
}

before(async () => {
  const listed = spawnSync(program, ['--list-keys'], {encoding: 'utf8'})
  assert.equal(listed.status, 0, 'is build/native built?')
  for (const line of listed.stdout.split('\n').filter(Boolean)) {
    const key = JSON.parse(line)
    keys[key.name] = key
  }
  await Promise.all([open(demo, 'port'), open(limitedDemo, 'limited-port')])
})

after(async () => {
  await Promise.all([close(demo), close(limitedDemo)])
  rmSync(folder, {recursive: true, force: true})
})

function client(name, options = {}) {
  const key = keys[name]?.key ?? name
  return new Stripe(key, {host: '127.0.0.1', port: demo.port, protocol: 'http', telemetry: false, maxNetworkRetries: 0, ...options})
}

async function count(list) {
  const seen = new Set()
  for await (const object of list) seen.add(object.id)
  return seen.size
}

describe('lists', () => {
  it('every invoice, by auto-pagination, once', async () => {
    assert.equal(await count(client('good').invoices.list({limit: 100})), keys.good.invoices)
  })
  it('every customer and subscription', async () => {
    const stripe = client('good')
    assert.equal(await count(stripe.customers.list({limit: 100})), keys.good.customers)
    assert.equal(await count(stripe.subscriptions.list({limit: 100, status: 'all'})), keys.good.subscriptions)
    assert.ok(await count(stripe.subscriptions.list({limit: 100})) < keys.good.subscriptions)
  })
  it('every payment', async () => {
    const stripe = client('good')
    let payments = await count(stripe.paymentIntents.list({limit: 100}))
    for await (const charge of stripe.charges.list({limit: 100})) if (charge.payment_intent === null) ++payments
    assert.equal(payments, keys.good.payments)
  })
  it('every other list has something in it', async () => {
    const stripe = client('good')
    for (const resource of [stripe.refunds, stripe.disputes, stripe.creditNotes, stripe.invoicePayments,
      stripe.balanceTransactions, stripe.payouts, stripe.products, stripe.prices, stripe.plans, stripe.coupons, stripe.events]) {
      const page = await resource.list({limit: 3})
      assert.equal(page.data.length, 3)
      assert.equal(page.has_more, true)
    }
  })
  it('backwards with ending_before', async () => {
    const stripe = client('good')
    const first = await stripe.invoices.list({limit: 5})
    const back = await stripe.invoices.list({limit: 2, ending_before: first.data[4].id})
    assert.deepEqual(back.data.map((v) => v.id), [first.data[2].id, first.data[3].id])
    assert.equal(back.has_more, true)
  })
  it('within a range of created', async () => {
    const stripe = client('good')
    const all = await stripe.invoices.list({limit: 100}).autoPagingToArray({limit: 10000})
    const [gte, lt] = [all[900].created, all[200].created]
    const expected = all.filter((v) => v.created >= gte && v.created < lt).map((v) => v.id)
    const ranged = await stripe.invoices.list({limit: 100, created: {gte, lt}}).autoPagingToArray({limit: 10000})
    assert.deepEqual(ranged.map((v) => v.id), expected)
    assert.ok(expected.length > 500)
  })
  it('nested lists, beyond what is embedded', async () => {
    const stripe = client('good')
    let long
    for await (const invoice of stripe.invoices.list({limit: 100})) {
      if (invoice.lines.has_more) {
        long = invoice
        break
      }
    }
    assert.ok(long, 'no long invoice')
    const lines = await stripe.invoices.listLineItems(long.id, {limit: 10}).autoPagingToArray({limit: 1000})
    assert.ok(lines.length > long.lines.data.length)
    assert.equal(new Set(lines.map((line) => line.id)).size, lines.length)
    assert.equal(lines.reduce((sum, line) => sum + line.amount, 0), long.subtotal)
  })
  it('nothing on an empty account', async () => {
    assert.deepEqual((await client('empty').invoices.list()).data, [])
  })
})

describe('single objects', () => {
  it('one that a list named', async () => {
    const stripe = client('good')
    const [invoice] = (await stripe.invoices.list({limit: 1})).data
    assert.deepEqual((({lastResponse, ...rest}) => rest)(await stripe.invoices.retrieve(invoice.id)), invoice)
  })
  it('with its customer and payments expanded', async () => {
    const stripe = client('good')
    const page = await stripe.invoices.list({limit: 50, status: 'paid', expand: ['data.customer', 'data.payments']})
    for (const invoice of page.data) {
      assert.equal(invoice.customer.object, 'customer')
      assert.equal(invoice.payments.object, 'list')
    }
    const paid = page.data.find((invoice) => invoice.payments.data.length > 0)
    const intent = await stripe.paymentIntents.retrieve(paid.payments.data[0].payment.payment_intent, {expand: ['latest_charge']})
    assert.equal(intent.amount, paid.amount_due)
    assert.equal(intent.latest_charge.object, 'charge')
  })
  it('a deleted customer', async () => {
    const stripe = client('good')
    const known = new Set((await stripe.customers.list({limit: 100}).autoPagingToArray({limit: 10000})).map((c) => c.id))
    const orphans = await stripe.subscriptions.list({limit: 100, status: 'canceled'}).autoPagingToArray({limit: 10000})
    const orphan = orphans.find((s) => !known.has(s.customer))
    assert.ok(orphan, 'no subscription of a deleted customer')
    assert.equal((await stripe.customers.retrieve(orphan.customer)).deleted, true)
  })
  it('balance and account', async () => {
    const stripe = client('good')
    assert.equal((await stripe.balance.retrieve()).object, 'balance')
    assert.match((await stripe.accounts.retrieveCurrent?.() ?? await stripe.accounts.retrieve()).id, /^acct_/)
  })
  it('a connected account', async () => {
    const stripe = client('platform')
    const [account] = (await stripe.accounts.list({limit: 1})).data
    const theirs = await stripe.customers.list({limit: 1}, {stripeAccount: account.id})
    const ours = await stripe.customers.list({limit: 1})
    assert.notEqual(theirs.data[0].id, ours.data[0].id)
  })
})

describe('older versions', () => {
  it('keep their shapes', async () => {
    const old = client('good', {apiVersion: '2024-06-20'})
    const subscription = (await old.subscriptions.list({limit: 1})).data[0]
    assert.equal(typeof subscription.current_period_end, 'number')
    const invoices = (await old.invoices.list({limit: 30, status: 'paid'})).data
    assert.ok(invoices.every((v) => v.paid === true && v.parent === undefined))
    assert.ok(invoices.some((v) => /^pi_/.test(v.payment_intent ?? '')))
    const older = client('good', {apiVersion: '2020-08-27'})
    assert.equal((await older.charges.list({limit: 1})).data[0].refunds.object, 'list')
    assert.equal((await older.paymentIntents.list({limit: 1})).data[0].charges.object, 'list')
    const newest = (await client('good').subscriptions.list({limit: 1})).data[0]
    assert.equal(newest.current_period_end, undefined)
    assert.equal(typeof newest.items.data[0].current_period_end, 'number')
  })
})

describe('errors', () => {
  const errors = Stripe.errors
  const refused = [
    ['unknown', errors.StripeAuthenticationError, undefined],
    ['revoked', errors.StripeAuthenticationError, 'api_key_expired'],
    ['ip_refused', errors.StripeAuthenticationError, undefined],
    ['no_customers', errors.StripePermissionError, 'more_permissions_required'],
    ['storm', errors.StripeRateLimitError, 'rate_limit'],
  ]
  for (const [name, type, code] of refused) {
    it(`${name}: ${type.name}`, async () => {
      await assert.rejects(client(name).customers.list(), (error) => {
        assert.ok(error instanceof type, `${error.type}: ${error.message}`)
        assert.equal(error.code, code)
        assert.match(error.requestId, /^req_/)
        return true
      })
    })
  }
  it('no such object: StripeInvalidRequestError', async () => {
    await assert.rejects(client('good').customers.retrieve('cus_nowaythiscanexist'), (error) => {
      assert.ok(error instanceof errors.StripeInvalidRequestError)
      assert.equal(error.statusCode, 404)
      assert.equal(error.code, 'resource_missing')
      assert.equal(error.param, 'id')
      return true
    })
  })
  it('bad parameters: StripeInvalidRequestError', async () => {
    const stripe = client('good')
    for (const [params, param] of [[{limit: 101}, 'limit'], [{limit: 0}, 'limit'], [{starting_after: 'in_no'}, 'starting_after'],
      [{color: 'red'}, 'color'], [{expand: ['data.nothing']}, 'expand']]) {
      await assert.rejects(stripe.invoices.list(params), (error) => {
        assert.ok(error instanceof errors.StripeInvalidRequestError)
        assert.equal(error.statusCode, 400)
        assert.equal(error.param, param)
        return true
      })
    }
  })
  it('an invalid version', async () => {
    await assert.rejects(client('good', {apiVersion: '1999-01-01'}).customers.list(), /Invalid Stripe API version/)
  })
  it('live objects asked for with a test key', async () => {
    const [live] = (await client('good').customers.list({limit: 1})).data
    assert.equal((await client('test_of_live').customers.list()).data.length, 0)
    await assert.rejects(client('test_of_live').customers.retrieve(live.id), /similar object exists in live mode/)
  })
  it('a flaky server: StripeAPIError and StripeConnectionError', async () => {
    const stripe = client('flaky')
    const seen = new Set()
    for (let i = 0; i < 60; ++i) {
      await stripe.invoices.list({limit: 100}).catch((error) => seen.add(error.type))
    }
    assert.deepEqual([...seen].sort(), ['StripeAPIError', 'StripeConnectionError'])
  })
  it('more requests than Stripe allows', async () => {
    const stripe = client('platform', {port: limitedDemo.port})
    const answers = await Promise.allSettled(Array.from({length: 200}, () => stripe.payouts.list({limit: 1})))
    const refusedOnes = answers.filter((answer) => answer.status === 'rejected')
    assert.ok(refusedOnes.length > 0 && refusedOnes.length <= 175, `${refusedOnes.length} of 200 refused`)
    for (const {reason} of refusedOnes) {
      assert.ok(reason instanceof errors.StripeRateLimitError)
      assert.equal(reason.headers['stripe-rate-limited-reason'], 'endpoint-rate')
    }
  })
})
