// Runs in the page. The rivals are what a web engineer would write: JSON.parse,
// then the same columns, or the same in an object a row; and the same columns
// over nlohmann documents in WebAssembly. They read the newest shapes only.

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

// The columns again, as paths for the reader in WebAssembly; "x[]" sums a list up.
const paths = {
  customers: `id name email phone description created currency balance delinquent address.country address.city
    address.postal_code address.state tax_exempt invoice_prefix invoice_settings.default_payment_method
    discount.source.coupon livemode deleted`,
  invoices: `id number status customer customer_name customer_email customer_address.country
    parent.subscription_details.subscription currency subtotal total_discount_amounts[].amount total_taxes[].amount
    total amount_due amount_paid amount_remaining starting_balance ending_balance created due_date period_start
    period_end status_transitions.finalized_at status_transitions.paid_at status_transitions.voided_at
    status_transitions.marked_uncollectible_at next_payment_attempt billing_reason collection_method attempt_count
    attempted payments charge lines.total_count description livemode deleted`,
  payment_intents: `id object status amount amount_received currency customer description created latest_charge
    last_payment_error.decline_code last_payment_error.message payment_method receipt_email statement_descriptor
    canceled_at cancellation_reason livemode`,
  charges: `payment_intent id created amount_refunded captured refunded disputed payment_method
    payment_method_details.type payment_method_details.card.brand payment_method_details.card.last4
    payment_method_details.card.country billing_details.email outcome.risk_level balance_transaction`,
  subscriptions: `id status customer created start_date trial_start trial_end cancel_at cancel_at_period_end
    canceled_at ended_at cancellation_details.reason cancellation_details.feedback currency items.data[].quantity
    items.data[].current_period_start items.data[].current_period_end collection_method pause_collection.behavior
    latest_invoice default_payment_method description livemode`,
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

function rowReader(list) {
  const fields = Object.entries(readers[list])
  const rows = []
  return (bytes) => {
    const page = JSON.parse(decoder.decode(bytes))
    for (const object of page.data) {
      const row = {}
      for (const [name, read] of fields) row[name] = read(object) ?? null
      rows.push(row)
    }
    return page.data.length
  }
}

function nlohmannReader(bench, list) {
  const columns = paths[list].trim().split(/\s+/).join(' ')
  return (bytes) => {
    bench.input(bytes.length).set(bytes)
    return bench.readWithNlohmann(columns)
  }
}

// What any reader in WebAssembly must do at least.
function copyReader(bench, list, pages) {
  const rows = new Map(pages.map((page) => [page, JSON.parse(decoder.decode(page)).data.length]))
  return (bytes) => {
    bench.input(bytes.length).set(bytes)
    return bench.checkUtf8() ? rows.get(bytes) : -1
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

const round = (number, digits = 0) => Math.round(number * 10 ** digits) / 10 ** digits

async function pagesOf(list, count) {
  const pages = []
  for (let i = 0; i < count; i += 1) {
    pages.push(new Uint8Array(await (await fetch(`/pages/${list}/${i}`)).arrayBuffer()))
  }
  return pages
}

// Each reader in turn, round after round, so that a slow moment meets all.
function measureList(bench, list, pages) {
  const copy = copyReader(bench, list, pages)
  const makers = {
    ours: () => {
      bench.clear()
      return ourReader(bench, list)
    },
    columns: () => rivalReader(list),
    rows: () => rowReader(list),
    nlohmann: () => {
      bench.forgetPlain()
      return nlohmannReader(bench, list)
    },
    copy: () => copy,
  }
  const seconds = Object.fromEntries(Object.keys(makers).map((name) => [name, []]))
  for (const make of Object.values(makers)) time(make, pages, 250)
  let rows
  for (let i = 0; i < 7; i += 1) {
    for (const [name, make] of Object.entries(makers)) {
      const took = time(make, pages, 150)
      rows ??= took.rows
      if (took.rows !== rows) throw new Error(`${list}: ${took.rows} rows of ${name} against ${rows}`)
      seconds[name].push(took.seconds)
    }
  }
  makers.ours()
  for (const page of pages) ourReader(bench, list)(page)
  return {seconds, rows, bytesARow: bench.byteSize() / rows}
}

export async function measure(lists) {
  const {default: create} = await import('/precision_bench.js')
  const {Bench} = await create()
  const results = []
  const total = {ours: 0, columns: 0, rows: 0, nlohmann: 0, copy: 0}
  let bytes = 0
  for (const [list, count] of lists) {
    const pages = await pagesOf(list, count)
    const size = pages.reduce((sum, page) => sum + page.length, 0)
    const bench = new Bench()
    const {seconds, bytesARow} = measureList(bench, list, pages)
    bench.delete()
    bytes += size
    const speeds = {}
    for (const [name, all] of Object.entries(seconds)) {
      total[name] += median(all)
      speeds[`${name}_mb_per_s`] = size / median(all) / 1e6
    }
    results.push({
      list,
      page_kb: size / count / 1024,
      ...speeds,
      ratio: median(seconds.columns.map((theirs, i) => theirs / seconds.ours[i])),
      bytes_a_row: bytesARow,
    })
  }
  return {
    lists: results,
    ratio_vs_json_parse: round(total.columns / total.ours, 2),
    ratio_vs_row_objects: round(total.rows / total.ours, 2),
    ratio_vs_nlohmann: round(total.nlohmann / total.ours, 2),
    share_of_copy_speed: round(total.copy / total.ours, 3),
    mb_per_s: round(bytes / total.ours / 1e6),
    bytes_a_row: Object.fromEntries(results.map(({list, bytes_a_row}) => [list, round(bytes_a_row)])),
  }
}
