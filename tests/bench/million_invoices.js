// A service worker: a live account of 1,000,000 invoices, for what only so many rows show. It answers the
// page's requests for invoices, and lets all others through to the demo Stripe. Its pages are longer than
// Stripe sends, so that the rate limit, which the pull keeps as ever, does not take the better part of an hour.

const COUNT = 1_000_000
const PAGE = 5000
const NEWEST = 1_790_000_000
const APART_S = 150
const names = ['Okafor Textiles', 'Nordlicht GmbH', 'Ruiz & Hijos', 'Blue Harbor LLC', 'Atelier Lune', 'Sato Bikes', 'Kiln Works']
const statuses = ['paid', 'paid', 'paid', 'paid', 'open', 'void', 'draft', 'uncollectible']

function invoice(i) {
  // Neither sorted nor equal.
  const mixed = Math.imul(i + 1, 2_654_435_761) >>> 0
  const total = mixed % 1_000_000
  const status = statuses[(mixed >>> 8) % statuses.length]
  const left = status === 'open' ? total : 0
  const customer = mixed % 99_991
  return {
    id: `in_${String(i).padStart(7, '0')}`,
    object: 'invoice',
    created: NEWEST - i * APART_S,
    number: `A${mixed.toString(36).toUpperCase()}`,
    status,
    currency: 'usd',
    customer: `cus_${customer}`,
    customer_name: `${names[customer % names.length]} ${customer}`,
    due_date: NEWEST - i * APART_S + 1_209_600,
    total,
    amount_due: total,
    amount_paid: total - left,
    amount_remaining: left,
    lines: {object: 'list', data: [], has_more: false},
  }
}

// https://docs.stripe.com/api/invoices/list: newest first.
function listPage(query) {
  const bound = (name, otherwise) => (query.has(`created[${name}]`) ? Number(query.get(`created[${name}]`)) : otherwise)
  const newest = Math.min(bound('lte', NEWEST), bound('lt', NEWEST + 1) - 1)
  const oldest = Math.max(bound('gte', 0), bound('gt', -1) + 1)
  const after = query.get('starting_after')
  const from = Math.max(0, Math.ceil((NEWEST - newest) / APART_S), after ? Number(after.slice(3)) + 1 : 0)
  const end = Math.min(COUNT, Math.floor((NEWEST - oldest) / APART_S) + 1)
  // A question for one row is answered with one.
  const count = Math.max(0, Math.min(query.get('limit') === '1' ? 1 : PAGE, end - from))
  const data = Array.from({length: count}, (_, n) => invoice(from + n))
  return {object: 'list', url: '/v1/invoices', has_more: from + count < end, data}
}

addEventListener('install', () => skipWaiting())
addEventListener('activate', (event) => event.waitUntil(clients.claim()))
addEventListener('fetch', (event) => {
  const {pathname, searchParams} = new URL(event.request.url)
  if (!pathname.endsWith('/v1/invoices')) return
  const body = JSON.stringify(listPage(searchParams))
  event.respondWith(new Response(body, {headers: {'Content-Type': 'application/json'}}))
})
