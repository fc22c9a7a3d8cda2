// `precision-stripe explain` gives support the same diagnosis as the page gives the
// person: bodies as they were seen, retold in made-up names.

import assert from 'node:assert/strict'
import {spawnSync} from 'node:child_process'
import {readFileSync} from 'node:fs'
import path from 'node:path'
import {test} from 'node:test'
import {fileURLToPath} from 'node:url'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')
const build = process.env.PRECISION_BUILD ?? path.join(root, 'build/native')

function explain(input) {
  const {status, stdout, stderr} = spawnSync(path.join(build, 'bin/precision-stripe'), ['explain'], {input, encoding: 'utf8'})
  return {status, stderr, json: stdout === '' ? null : JSON.parse(stdout)}
}

const body = (message, code, type = 'invalid_request_error') => JSON.stringify({error: {type, ...(code ? {code} : {}), message}})
// In parts, so that no secret scanner takes it for a real one.
const masked = 'rk_' + 'live_********wXyZ'

const cases = [
  ['invalid', 401, body(`Invalid API Key provided: ${masked}`), 'key_unknown', 'key', false],
  ['expired', 401, body(`Expired API Key provided: ${masked}`, 'api_key_expired', 'api_error'), 'key_expired', 'key', false],
  ['IP address', 401, body('The API key provided does not allow requests from your IP address (192.0.2.1).'), 'key_ip_refused', 'key', false],
  ['wrong mode', 404, body("No such price: 'price_1'; a similar object exists in live mode, but a test mode key was used to make this request.", 'resource_missing'), 'key_wrong_mode', 'key', false],
  ['missing, older words', 403, body(`The provided key '${masked}' does not have the required permissions for this endpoint on account 'acct_1'. Having the 'rak_subscription_read' permission would allow this request to continue.`), 'permission_missing', 'request', false],
  ['missing, newer words', 403, body("Permission denied. Enabling Prices Read ('plan_read') permissions on this key would allow this request to continue.", 'more_permissions_required'), 'permission_missing', 'request', false],
  ['no such connected account', 403, body(`The provided key '${masked}' does not have access to account 'acct_1' (or that account does not exist). Application access may have been revoked.`, 'account_invalid'), 'account_refused', 'key', false],
  ['account rejected', 403, body('Your account has been rejected.'), 'account_closed', 'key', false],
  ['no second row', 403, body('You passed a restricted API key with the Stripe-Account header, but the restricted API key does not have any Connect permissions.'), 'second_row_empty', 'request', false],
  ['no platform', 400, body('Only Stripe Connect platforms can work with other accounts.'), 'connect_not_in_use', 'request', false],
  ['product off', 400, body('Your account is not set up to use Issuing.'), 'product_not_enabled', 'request', false],
  ['rate limit', 429, body('Request rate limit exceeded.', 'rate_limit', 'rate_limit_error'), 'rate_limited', 'later', true],
  ['outage', 503, '', 'stripe_down', 'later', true],
  ['proxy: no upstream', 502, '{"error":{"type":"proxy_error","code":"upstream_unreachable"}}', 'proxy_down', 'later', true],
  ['proxy: not on the list', 404, '{"error":{"type":"proxy_error","code":"path_not_allowed"}}', 'proxy_misconfigured', 'proxy', false],
  ['proxy: drops the key', 401, body('You did not provide an API key.'), 'proxy_misconfigured', 'proxy', false],
  ['proxy: not there', 404, '<!doctype html><title>404</title>', 'proxy_misconfigured', 'proxy', false],
]
const {errors: words} = JSON.parse(readFileSync(path.join(root, 'web/element/words.en.json'), 'utf8'))

for (const [name, status, text, code, about, retry] of cases) {
  test(name, () => {
    const {json} = explain(`HTTP/1.1 ${status} X\nContent-Type: ${text.startsWith('<') ? 'text/html' : 'application/json'}\n\n${text}`)
    assert.equal(json.code, code)
    assert.equal(json.about, about)
    assert.equal(json.retry, retry)
    // What happened and the next step, as the page says it.
    const {title, body, step} = words[code]
    assert.deepEqual({title: json.title, body: json.body, step: json.step}, {title, body, step})
    assert.ok(!JSON.stringify(json).includes('wXyZ'))
    assert.ok(!JSON.stringify(json).includes('acct_1'))
  })
}

// Where nothing came back there is only the code that the page gave.
const silent = [
  ['network_down', /ad blocker, a privacy extension, a VPN or a company network/, true],
  ['browser_offline', /internet connection/, true],
  ['timed_out', /Try again/, true],
]
for (const [code, says, retry] of silent) {
  test(`explains ${code}, which has no answer to show`, () => {
    const {status, json} = explain(`${code}\n`)
    assert.equal(status, 0)
    assert.equal(json.code, code)
    assert.match(json.body, says)
    assert.equal(json.retry, retry)
  })
}

// The diagnoses that people meet, by what each tells them to do.
const todo = {
  key_unknown: /Create a new one/,
  key_expired: /Create a new one/,
  key_wrong_mode: /Create the key in the mode/,
  account_refused: /Create the key in the account/,
  key_ip_refused: /Remove the list from the key/,
  account_closed: /ask Stripe\u2019s support/,
  rate_limited: /Wait a minute and try again/,
  stripe_down: /try again in a few minutes/,
  proxy_misconfigured: /tell us through the chat/,
  proxy_down: /Try again in a few minutes/,
  network_down: /use another network/,
  permission_missing: /Set it to Read/,
}
test('each diagnosis says what to do', () => {
  for (const [code, says] of Object.entries(todo)) assert.match(explain(code).json.body, says, code)
})

test('has words for every code there is', () => {
  const {error_codes: codes} = JSON.parse(spawnSync(path.join(build, 'bin/precision-stripe'), ['describe'], {encoding: 'utf8'}).stdout)
  assert.deepEqual([...codes].sort(), Object.keys(words).sort())
  for (const code of codes) assert.equal(explain(code).json.title, words[code].title)
})

test('names the rows of the Dashboard that a 403 mentions, known or not', () => {
  const {json} = explain(`403\n${body("Enabling Prices Read ('plan_read') and Teapots Write ('teapot_write') permissions.", 'more_permissions_required')}`)
  assert.deepEqual(json.permissions, [
    {name: 'plan_read', level: 'Read', known: true, section: 'Billing', label: 'Prices'},
    {name: 'teapot_write', level: 'Write', known: false, section: '', label: ''},
  ])
})

test('never says again what was pasted', () => {
  const {json} = explain(`401\n${body('Invalid API Key provided: hunter2-my-password')}`)
  assert.equal(json.code, 'key_unknown')
  assert.ok(!JSON.stringify(json).includes('hunter2'))
})

test('refuses what is no HTTP answer', () => {
  const {status, stderr} = explain('hello')
  assert.equal(status, 1)
  assert.match(stderr, /first line must be an HTTP status/)
})
