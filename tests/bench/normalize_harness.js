// Runs in the page. The rival is what a web engineer would write: JSON.parse,
// then the same columns, read from the newest shapes only.

const id = (reference) => (typeof reference === 'object' ? (reference?.id ?? null) : (reference ?? null))
const sum = (list) => list?.reduce((total, item) => total + item.amount, 0) ?? null

const readers = {
  customers: {
    id: (o) => o.id, name: (o) => o.name, email: (o) => o.email, phone: (o) => o.phone,
    description: (o) => o.description, created: (o) => o.created, currency: (o) => o.currency,
    balance: (o) => o.balance, delinquent: (o) => o.delinquent, country: (o) => o.address?.country,
    city: (o) => o.address?.city, postal_code: (o) => o.address?.postal_code, state: (o) => o.address?.state,
    tax_exempt: (o) => o.tax_exempt, invoice_prefix: (o) => o.invoice_prefix,
    default_payment_method: (o) => id(o.invoice_settings?.default_payment_method) ?? id(o.default_source),
    coupon: (o) => id(o.discount?.source?.coupon), livemode: (o) => o.livemode, deleted: (o) => o.deleted === true,
  },
  invoices: {
    id: (o) => o.id, number: (o) => o.number, status: (o) => o.status, customer: (o) => id(o.customer),
    customer_name: (o) => o.customer_name, customer_email: (o) => o.customer_email,
    customer_country: (o) => o.customer_address?.country,
    subscription: (o) => id(o.parent?.subscription_details?.subscription), currency: (o) => o.currency,
    subtotal: (o) => o.subtotal, discount: (o) => sum(o.total_discount_amounts), tax: (o) => sum(o.total_taxes),
    total: (o) => o.total, amount_due: (o) => o.amount_due, amount_paid: (o) => o.amount_paid,
    amount_remaining: (o) => o.amount_remaining, starting_balance: (o) => o.starting_balance,
    ending_balance: (o) => o.ending_balance, created: (o) => o.created, due_date: (o) => o.due_date,
    period_start: (o) => o.period_start, period_end: (o) => o.period_end,
    finalized_at: (o) => o.status_transitions?.finalized_at, paid_at: (o) => o.status_transitions?.paid_at,
    voided_at: (o) => o.status_transitions?.voided_at,
    marked_uncollectible_at: (o) => o.status_transitions?.marked_uncollectible_at,
    next_payment_attempt: (o) => o.next_payment_attempt, billing_reason: (o) => o.billing_reason,
    collection_method: (o) => o.collection_method, attempt_count: (o) => o.attempt_count,
    attempted: (o) => o.attempted, payment_intent: (o) => id(o.payments?.data[0]?.payment?.payment_intent),
    charge: (o) => id(o.payments?.data[0]?.payment?.charge), lines_count: (o) => o.lines?.total_count ?? o.lines?.data.length,
    description: (o) => o.description, livemode: (o) => o.livemode, deleted: (o) => o.deleted === true,
  },
  payment_intents: {
    id: (o) => o.id, object: (o) => o.object, status: (o) => o.status, amount: (o) => o.amount,
    amount_received: (o) => o.amount_received, currency: (o) => o.currency, customer: (o) => id(o.customer),
    description: (o) => o.description, created: (o) => o.created, latest_charge: (o) => id(o.latest_charge),
    failure_code: (o) => o.last_payment_error?.decline_code ?? o.last_payment_error?.code,
    failure_message: (o) => o.last_payment_error?.message, payment_method: (o) => id(o.payment_method),
    email: (o) => o.receipt_email, statement_descriptor: (o) => o.statement_descriptor,
    canceled_at: (o) => o.canceled_at, cancellation_reason: (o) => o.cancellation_reason, livemode: (o) => o.livemode,
  },
  charges: {
    id: (o) => id(o.payment_intent) ?? o.id, charge: (o) => o.id, charge_created: (o) => o.created,
    amount_refunded: (o) => o.amount_refunded, captured: (o) => o.captured, refunded: (o) => o.refunded,
    disputed: (o) => o.disputed, payment_method: (o) => o.payment_method,
    payment_method_type: (o) => o.payment_method_details?.type, card_brand: (o) => o.payment_method_details?.card?.brand,
    card_last4: (o) => o.payment_method_details?.card?.last4, card_country: (o) => o.payment_method_details?.card?.country,
    email: (o) => o.billing_details?.email ?? o.receipt_email, risk_level: (o) => o.outcome?.risk_level,
    balance_transaction: (o) => id(o.balance_transaction),
  },
  subscriptions: {
    id: (o) => o.id, status: (o) => o.status, customer: (o) => id(o.customer), created: (o) => o.created,
    start_date: (o) => o.start_date, current_period_start: (o) => o.items.data[0]?.current_period_start,
    current_period_end: (o) => o.items.data[0]?.current_period_end, trial_start: (o) => o.trial_start,
    trial_end: (o) => o.trial_end, cancel_at: (o) => o.cancel_at, cancel_at_period_end: (o) => o.cancel_at_period_end,
    canceled_at: (o) => o.canceled_at, ended_at: (o) => o.ended_at,
    cancellation_reason: (o) => o.cancellation_details?.reason, cancellation_feedback: (o) => o.cancellation_details?.feedback,
    currency: (o) => o.currency, quantity: (o) => o.items.data.reduce((n, item) => n + (item.quantity ?? 0), 0),
    interval: (o) => o.items.data[0]?.price.recurring?.interval,
    interval_count: (o) => o.items.data[0]?.price.recurring?.interval_count, price: (o) => o.items.data[0]?.price.id,
    product: (o) => id(o.items.data[0]?.price.product), items_count: (o) => o.items.data.length,
    monthly_value: (o) => o.items.data.reduce((n, {price, quantity}) =>
      n + ((price.unit_amount ?? 0) * (quantity ?? 1)) / ((price.recurring?.interval === 'year' ? 12 : 1) * (price.recurring?.interval_count ?? 1)), 0),
    discount: (o) => id(o.discounts[0]), coupon: (o) => id(o.discounts[0]?.source?.coupon),
    collection_method: (o) => o.collection_method, pause_collection: (o) => o.pause_collection?.behavior,
    latest_invoice: (o) => id(o.latest_invoice), default_payment_method: (o) => id(o.default_payment_method),
    description: (o) => o.description, livemode: (o) => o.livemode,
  },
}

const decoder = new TextDecoder()

function rivalReader(list) {
  const fields = Object.entries(readers[list])
  const columns = fields.map(() => [])
  return (bytes) => {
    const page = JSON.parse(decoder.decode(bytes))
    for (const object of page.data) {
      fields.forEach(([, read], i) => columns[i].push(read(object) ?? null))
    }
    return page.data.length
  }
}

function ourReader(bench, list) {
  const object = list.replace(/s$/, '')
  return (bytes) => {
    bench.input(bytes.length).set(bytes)
    return bench.readPage(object)
  }
}

// Rounds of one reader over all pages until `ms` have passed; seconds a round.
function time(makeReader, pages, ms) {
  const started = performance.now()
  let rounds = 0
  let rows = 0
  do {
    const read = makeReader()
    for (const page of pages) rows += read(page)
    rounds += 1
  } while (performance.now() - started < ms)
  const seconds = (performance.now() - started) / 1000 / rounds
  return {seconds, rows: rows / rounds}
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]

export async function measure(lists) {
  const {default: create} = await import('/precision_bench.js')
  const {Bench} = await create()
  const results = []
  let ours = 0
  let rival = 0
  let bytes = 0
  for (const [list, count] of lists) {
    const pages = []
    for (let i = 0; i < count; i += 1) {
      pages.push(new Uint8Array(await (await fetch(`/pages/${list}/${i}`)).arrayBuffer()))
    }
    const size = pages.reduce((total, page) => total + page.length, 0)
    const bench = new Bench()
    const makeOurs = () => {
      bench.clear()
      return ourReader(bench, list)
    }
    const makeRival = () => rivalReader(list)
    // Warm both up, then in turn, so that a slow moment meets both.
    time(makeOurs, pages, 300)
    time(makeRival, pages, 300)
    const pairs = []
    for (let i = 0; i < 7; i += 1) {
      const a = time(makeOurs, pages, 200)
      const b = time(makeRival, pages, 200)
      if (a.rows !== b.rows) throw new Error(`${list}: ${a.rows} rows against ${b.rows}`)
      pairs.push([a.seconds, b.seconds])
    }
    bench.delete()
    const mine = median(pairs.map(([a]) => a))
    const theirs = median(pairs.map(([, b]) => b))
    ours += mine
    rival += theirs
    bytes += size
    results.push({
      list,
      page_kb: size / count / 1024,
      ours_mb_per_s: size / mine / 1e6,
      rival_mb_per_s: size / theirs / 1e6,
      ratio: median(pairs.map(([a, b]) => b / a)),
    })
  }
  return {
    lists: results,
    ratio_vs_json_parse: Math.round((rival / ours) * 100) / 100,
    mb_per_s: Math.round(bytes / ours / 1e6),
  }
}
