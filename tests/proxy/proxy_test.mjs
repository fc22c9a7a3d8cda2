// The proxy from both sides: what a browser gets, what arrives at Stripe, what
// is left on disk.  PROXY_URL tests another proxy before the demo Stripe.

import assert from 'node:assert/strict'
import {spawnSync} from 'node:child_process'
import {readFileSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {after, before, describe, it} from 'node:test'

import {ask, askRaw, demoKeys, root, sleep, Stack} from './stack.mjs'

const other = process.env.PROXY_URL
const stack = new Stack()
const keys = demoKeys()
const good = `Bearer ${keys.good.key}`
const version = '2026-10-28.endive'
const asGood = {Authorization: good, 'Stripe-Version': version}
const only = other ? {skip: 'PROXY_URL is set'} : {}

// Never a key: what must not be found in any log.
const canary = 'rk_live_' + 'CanaryThatMustNotBeWritten'.repeat(3)

let base
let recorder
let recording

before(async () => {
  if (other) {
    base = other
    return
  }
  base = (await stack.proxy(await stack.demo('--no-rate-limits'), '--origins', 'https://app.example')).url
  recorder = await stack.recorder((request, response) => {
    response.setHeader('Content-Type', 'application/json')
    response.setHeader('Request-Id', 'req_1')
    response.setHeader('Stripe-Version', version)
    response.setHeader('Stripe-Should-Retry', 'false')
    response.setHeader('Stripe-Rate-Limited-Reason', 'global-rate')
    response.setHeader('Retry-After', '2')
    response.setHeader('Set-Cookie', 'a=b')
    response.setHeader('Access-Control-Allow-Origin', '*')
    response.setHeader('Access-Control-Allow-Credentials', 'true')
    response.setHeader('X-Stripe-Routing-Context-Priority-Tier', 'api')
    response.setHeader('Cache-Control', 'public, max-age=9999')
    response.setHeader('Strict-Transport-Security', 'max-age=1')
    response.end('{"object":"list","data":[]}')
  })
  recording = await stack.proxy(recorder.port)
})

after(() => stack.stop())

function isOwnError(answer, status, code) {
  assert.equal(answer.status, status, answer.text)
  assert.equal(answer.json?.error?.type, 'proxy_error')
  assert.equal(answer.json.error.code, code)
  assert.ok(answer.json.error.message)
  assert.match(answer.headers['content-type'], /^application\/json/)
  assert.equal(answer.headers['x-precision-proxy'], '1')
  assert.equal(answer.headers['cache-control'], 'no-store')
}

describe('what passes', () => {
  it('a page of invoices, whole', async () => {
    const answer = await ask(base, '/stripe/v1/invoices?limit=100', {headers: asGood})
    assert.equal(answer.status, 200)
    assert.equal(answer.json.data.length, 100)
    assert.equal(Number(answer.headers['content-length']), Buffer.byteLength(answer.text))
    assert.equal(answer.headers['stripe-version'], version)
    assert.match(answer.headers['request-id'], /^req_/)
    assert.equal(answer.headers['cache-control'], 'no-store')
    assert.equal(answer.headers['x-precision-proxy'], undefined)
  })

  it('the query, as it was', async () => {
    const first = await ask(base, '/stripe/v1/customers?limit=2', {headers: asGood})
    const last = first.json.data[1].id
    const next = await ask(base, `/stripe/v1/customers?limit=1&starting_after=${last}&created%5Blt%5D=9999999999`,
      {headers: asGood})
    assert.equal(next.status, 200)
    assert.notEqual(next.json.data[0].id, first.json.data[0].id)
  })

  it("Stripe's own errors, untouched", async () => {
    const nobody = await ask(base, '/stripe/v1/customers')
    assert.equal(nobody.status, 401)
    assert.equal(nobody.json.error.type, 'invalid_request_error')
    const refused = await ask(base, '/stripe/v1/customers?limit=1',
      {headers: {...asGood, Authorization: `Bearer ${keys.no_customers.key}`}})
    assert.equal(refused.status, 403)
    assert.equal(refused.json.error.code, 'more_permissions_required')
    const storm = await ask(base, '/stripe/v1/customers', {headers: {Authorization: `Bearer ${keys.storm.key}`}})
    assert.equal(storm.status, 429)
    assert.equal(storm.headers['stripe-rate-limited-reason'], 'global-rate')
    assert.notEqual(storm.json.error.type, 'proxy_error')
  })

  it('Stripe-Account', async () => {
    const headers = {...asGood, 'Stripe-Account': 'acct_1NotMine'}
    const answer = await ask(base, '/stripe/v1/customers?limit=1', {headers})
    assert.equal(answer.status, 403)
    assert.equal(answer.json.error.code, 'account_invalid')
  })

  it('a body cut short ends in an error, never in a shorter page', async () => {
    const headers = {Authorization: `Bearer ${keys.flaky.key}`, 'Stripe-Version': version}
    let broken = 0
    for (let i = 0; i < 60; ++i) {
      const answer = await ask(base, '/stripe/v1/invoices?limit=100', {headers}).catch(() => undefined)
      if (answer === undefined) ++broken
      else if (answer.status === 200) assert.equal(answer.json?.data.length, 100)
    }
    assert.ok(broken > 0, 'the flaky key broke nothing')
  })

  it('its health', async () => {
    const answer = await ask(base, '/stripe/health')
    assert.equal(answer.status, 200)
    assert.equal(answer.json.status, 'ok')
  })
})

describe('what does not pass', () => {
  const refused = [
    '/stripe/v2/iam/api_keys',
    '/stripe/v1/customers/../../v2/iam/api_keys',
    '/stripe/v1/customers/%2e%2e/%2e%2e/v2/iam/api_keys',
    '/stripe/v1/customers/..%2f..%2fv2/iam/api_keys',
    '/stripe/v1/customers%2f..%2f..%2fv2%2fiam%2fapi_keys',
    '/stripe/v1/customers/%252e%252e/x',
    '/stripe/v1/customers/./',
    '/stripe/v1//customers',
    '/stripe//v1/customers',
    '/stripe/v1/customers/',
    '/stripe/v1/Customers',
    '/stripe/v1/customers;a=b',
    '/stripe/v1/customers%00',
    '/stripe/v1/customers%0d%0aX:y',
    '/stripe/v1/customers#/v2/iam/api_keys',
    '/stripe/v1/customers\\..\\..\\v2',
    '/stripe/v1/customers/cus_1/../../../v2/iam/api_keys',
    '/stripe/v1/ephemeral_keys',
    '/stripe/v1/stripecli/key_permissions',
    '/stripe/v1/',
    '/stripe/',
    '/stripe/v3/customers',
    '/stripe/https://example.com/',
    '/stripe/@example.com/v1/customers',
  ]
  for (const target of refused) {
    it(`the path ${target}`, async () => {
      const answer = await ask(base, target, {headers: asGood})
      if (answer.status === 400) isOwnError(answer, 400, 'bad_request')
      else isOwnError(answer, 404, 'path_not_allowed')
    })
  }

  it('an absolute address of another host', async () => {
    const text = await askRaw(base,
      'GET http://example.com/stripe/v2/iam/api_keys HTTP/1.1\r\nHost: example.com\r\nConnection: close\r\n\r\n')
    assert.match(text, /path_not_allowed|^HTTP\/1.1 400/)
  })

  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'TRACE', 'PROPFIND', 'CONNECT']) {
    it(`the method ${method}`, async () => {
      const text = await askRaw(base,
        `${method} /stripe/v1/customers HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`)
      assert.match(text, /^HTTP\/1\.1 40[05]/)
      if (method === 'POST') {
        isOwnError(await ask(base, '/stripe/v1/customers', {method, headers: asGood}), 405, 'method_not_allowed')
        const allowed = await ask(base, '/stripe/v1/customers', {method})
        assert.equal(allowed.headers.allow, 'GET, OPTIONS')
      }
    })
  }

  it('a POST of the audit, without the setting', async () => {
    const answer = await ask(base, '/stripe/v1/products/nowaythiscanexist', {method: 'POST', headers: asGood})
    isOwnError(answer, 404, 'path_not_allowed')
  })

  it('a method in disguise', only, async () => {
    recorder.seen.length = 0
    const headers = {...asGood, 'X-HTTP-Method-Override': 'DELETE', 'X-Method-Override': 'POST', 'X-HTTP-Method': 'PUT'}
    await ask(recording.url, '/stripe/v1/customers?limit=1', {headers})
    assert.equal(recorder.seen.length, 1)
    assert.equal(recorder.seen[0].method, 'GET')
    assert.ok(!Object.keys(recorder.seen[0].headers).some((name) => name.includes('method')))
  })

  it('a request body', async () => {
    const sized = await ask(base, '/stripe/v1/customers', {headers: {...asGood, 'Content-Length': '3'}, body: 'a=b'})
    isOwnError(sized, 413, 'body_not_allowed')
    const chunked = await askRaw(base,
      'GET /stripe/v1/customers HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n3\r\na=b\r\n0\r\n\r\n')
    assert.match(chunked, /^HTTP\/1\.1 413/)
    assert.match(chunked, /body_not_allowed/)
  })

  it('a flood', only, async () => {
    const few = await stack.proxy(recorder.port, '--rate', '5', '--burst', '2')
    const answers = await Promise.all(
      Array.from({length: 20}, () => ask(few.url, '/stripe/v1/customers', {headers: asGood})))
    const floods = answers.filter((answer) => answer.status === 429)
    assert.ok(floods.length >= 10, `${floods.length} of 20 refused`)
    isOwnError(floods[0], 429, 'too_many_requests')
  })

  it('anything, when Stripe is not there', only, async () => {
    const nowhere = await stack.proxy(1)
    isOwnError(await ask(nowhere.url, '/stripe/v1/customers', {headers: asGood}), 502, 'upstream_unreachable')
  })
})

describe('with --check-write', only, () => {
  let writing
  let demo
  const posts = readFileSync(path.join(process.env.PRECISION_BUILD ?? path.join(root, 'build/native'),
    'generated/post_list.conf'), 'utf8').split('\n').filter(Boolean).map((line) => line.match(/^"([^"]+)" 1;$/)[1])
  const effects = async () => (await (await fetch(`http://127.0.0.1:${demo}/_demo/counts`)).json()).side_effects
  before(async () => {
    demo = await stack.demo('--no-rate-limits')
    writing = (await stack.proxy(demo, '--check-write')).url
  })

  it('the POSTs of the audit pass, and change nothing', async () => {
    const writer = {...asGood, Authorization: `Bearer ${keys.writes.key}`}
    assert.ok(posts.length > 30)
    for (const target of posts) {
      const refused = await ask(writing, `/stripe${target}`, {method: 'POST', headers: asGood})
      assert.equal(refused.status, 403, target)
      assert.equal(refused.json.error.code, 'more_permissions_required')
      const found = await ask(writing, `/stripe${target}`, {method: 'POST', headers: writer})
      assert.equal(found.status, 404, target)
      assert.equal(found.json.error.code, 'resource_missing')
    }
    assert.equal(await effects(), 0)
  })

  it('no other POST does', async () => {
    const writer = {...asGood, Authorization: `Bearer ${keys.writes.key}`}
    const post = (target, more = {}) => ask(writing, target, {method: 'POST', headers: {...writer, ...more.headers}, body: more.body})
    isOwnError(await post('/stripe/v1/customers'), 405, 'method_not_allowed')
    isOwnError(await post('/stripe/v1/invoices'), 405, 'method_not_allowed')
    isOwnError(await post('/stripe/v1/customers/cus_1'), 404, 'path_not_allowed')
    isOwnError(await post('/stripe/v1/products/nowaythiscanexist/x'), 404, 'path_not_allowed')
    isOwnError(await post('/stripe/v1/products/nowaythiscanexist?name=x'), 405, 'method_not_allowed')
    isOwnError(await post('/stripe/v1/products/nowaythiscanexist', {headers: {'Content-Length': '6'}, body: 'name=x'}),
      413, 'body_not_allowed')
    for (const method of ['PUT', 'PATCH', 'DELETE']) {
      isOwnError(await ask(writing, '/stripe/v1/products/nowaythiscanexist', {method, headers: writer}), 405, 'method_not_allowed')
    }
    isOwnError(await ask(writing, '/stripe/v1/products/nowaythiscanexist', {headers: writer}), 405, 'method_not_allowed')
    assert.equal(await effects(), 0)
  })

  it('a POST goes up with a length of 0 and nothing else', async () => {
    const posting = await stack.proxy(recorder.port, '--check-write')
    recorder.seen.length = 0
    await ask(posting.url, '/stripe/v1/products/nowaythiscanexist', {
      method: 'POST', headers: {...asGood, 'Content-Type': 'text/plain', 'Idempotency-Key': 'x', Origin: 'https://a.example'}})
    const [{method, url, headers}] = recorder.seen
    assert.equal(`${method} ${url}`, 'POST /v1/products/nowaythiscanexist')
    assert.deepEqual(Object.keys(headers).sort(), ['authorization', 'content-length', 'host', 'stripe-version'])
    assert.equal(headers['content-length'], '0')
  })

  it('a list that could create something is refused', () => {
    const list = path.join(stack.folder, 'bad_posts.conf')
    writeFileSync(list, '"/v1/customers" 1;\n')
    const {status, stderr} = spawnSync(path.join(root, 'web/proxy/render'), ['--state', stack.folder, '--allow-list',
      path.join(process.env.PRECISION_BUILD ?? path.join(root, 'build/native'), 'generated/allow_list.conf'),
      '--check-write', '--post-list', list], {encoding: 'utf8'})
    assert.equal(status, 1)
    assert.match(stderr, /what cannot exist/)
  })
})

describe('what goes up and what comes back', only, () => {
  it('only four headers of the request', async () => {
    recorder.seen.length = 0
    await ask(recording.url, '/stripe/v1/customers?limit=1', {
      headers: {
        ...asGood, 'Stripe-Account': 'acct_1', Accept: 'application/json', Cookie: 'session=1', Referer: 'https://a.example/',
        Origin: 'https://a.example', 'User-Agent': 'Browser', 'X-Forwarded-For': '1.2.3.4', 'X-Real-IP': '1.2.3.4',
        'X-Forwarded-Host': 'a.example', Forwarded: 'for=1.2.3.4', Via: '1.1 a', 'Idempotency-Key': 'x',
        'Stripe-Context': 'acct_2', 'Accept-Language': 'de', 'Sec-Fetch-Site': 'same-origin', Range: 'bytes=0-1',
        'If-None-Match': 'x', Expect: '', 'Accept-Encoding': 'gzip, br, zstd',
      },
    })
    const {headers, version: httpVersion, url} = recorder.seen[0]
    assert.deepEqual(Object.keys(headers).sort(),
      ['accept', 'accept-encoding', 'authorization', 'host', 'stripe-account', 'stripe-version'])
    assert.equal(headers.authorization, good)
    assert.equal(headers['stripe-version'], version)
    assert.equal(headers['stripe-account'], 'acct_1')
    assert.equal(headers['accept-encoding'], 'gzip')
    assert.equal(httpVersion, '1.1')
    assert.equal(url, '/v1/customers?limit=1')
  })

  it('no header that was not sent', async () => {
    recorder.seen.length = 0
    await ask(recording.url, '/stripe/v1/customers')
    assert.deepEqual(Object.keys(recorder.seen[0].headers), ['host'])
  })

  it('what the module needs of the answer, and nothing else', async () => {
    const {headers} = await ask(recording.url, '/stripe/v1/customers')
    assert.equal(headers['request-id'], 'req_1')
    assert.equal(headers['stripe-version'], version)
    assert.equal(headers['stripe-should-retry'], 'false')
    assert.equal(headers['stripe-rate-limited-reason'], 'global-rate')
    assert.equal(headers['retry-after'], '2')
    assert.equal(headers['cache-control'], 'no-store')
    const expected = ['cache-control', 'connection', 'content-length', 'content-type', 'date', 'request-id', 'retry-after',
      'server', 'stripe-rate-limited-reason', 'stripe-should-retry', 'stripe-version', 'vary', 'x-content-type-options']
    assert.deepEqual(Object.keys(headers).filter((name) => !expected.includes(name)), [])
  })

  it('one connection for many requests', async () => {
    recorder.seen.length = 0
    for (let i = 0; i < 30; ++i) await ask(recording.url, '/stripe/v1/customers')
    const sockets = new Set(recorder.seen.map((request) => request.socket))
    assert.ok(sockets.size <= 8, `${sockets.size} connections for 30 requests`)
  })
})

describe('other origins', only, () => {
  const origin = 'https://app.example'
  it('one that is configured may ask', async () => {
    const preflight = await ask(base, '/stripe/v1/customers', {method: 'OPTIONS', headers: {
      Origin: origin, 'Access-Control-Request-Method': 'GET', 'Access-Control-Request-Headers': 'authorization'}})
    assert.equal(preflight.status, 204)
    assert.equal(preflight.headers['access-control-allow-origin'], origin)
    assert.equal(preflight.headers['access-control-allow-methods'], 'GET')
    for (const name of ['Authorization', 'Stripe-Version', 'Stripe-Account']) {
      assert.match(preflight.headers['access-control-allow-headers'], new RegExp(name))
    }
    const answer = await ask(base, '/stripe/v1/customers?limit=1', {headers: {...asGood, Origin: origin}})
    assert.equal(answer.headers['access-control-allow-origin'], origin)
    assert.equal(answer.headers['access-control-allow-credentials'], undefined)
    assert.equal(answer.headers.vary, 'Origin')
    for (const name of ['Request-Id', 'Stripe-Should-Retry', 'Stripe-Rate-Limited-Reason', 'Stripe-Version', 'Retry-After']) {
      assert.match(answer.headers['access-control-expose-headers'], new RegExp(name))
    }
  })

  for (const stranger of ['https://evil.example', 'https://app.example.evil.example', 'http://app.example', 'null']) {
    it(`${stranger} may not`, async () => {
      for (const method of ['OPTIONS', 'GET']) {
        const answer = await ask(base, '/stripe/v1/customers', {method, headers: {Origin: stranger}})
        for (const name of Object.keys(answer.headers)) assert.ok(!name.startsWith('access-control-'), name)
      }
    })
  }
})

describe('the page', only, () => {
  const types = [['/', 'text/html'], ['/module.wasm', 'application/wasm'], ['/main.js', 'text/javascript'], ['/page.css', 'text/css']]
  for (const [target, type] of types) {
    it(`${target} as ${type}`, async () => {
      const {status, headers} = await ask(base, target)
      assert.equal(status, 200)
      assert.match(headers['content-type'], new RegExp(`^${type}`))
      assert.equal(headers['content-security-policy'],
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; style-src 'self'; " +
        "img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
      assert.equal(headers['x-content-type-options'], 'nosniff')
      assert.equal(headers['referrer-policy'], 'no-referrer')
      assert.ok(headers.etag)
    })
  }

  it('nothing beside its own folder', async () => {
    for (const target of ['/../nginx.conf', '/%2e%2e/nginx.conf', '/..%2fnginx.conf', '/nginx.conf']) {
      const answer = await ask(base, target)
      assert.ok([400, 404].includes(answer.status), `${target}: ${answer.status}`)
    }
    const posted = await ask(base, '/', {method: 'POST'})
    assert.ok([403, 405].includes(posted.status))
  })
})

describe('what is left behind', only, () => {
  it('no key and no query in any log, whatever happened', async () => {
    const headers = {Authorization: `Bearer ${canary}`}
    const targets = [
      '/stripe/v1/customers', `/stripe/v1/customers?key=${canary}`, `/stripe/v1/${canary}`, `/?key=${canary}`, `/${canary}`,
      `/stripe/v2/iam/${canary}`, `/stripe/v1/customers%zz${canary}`, `/stripe/v1/invoices?starting_after=${canary}`,
      `/${canary}/../x?${canary}`,
    ]
    const nowhere = await stack.proxy(1)
    for (const target of targets) {
      for (const url of [base, recording.url, nowhere.url]) await ask(url, target, {headers}).catch(() => {})
    }
    for (const bytes of [
      `${canary} / HTTP/1.1\r\nHost: a\r\n\r\n`,
      `GET /?${canary} HTTP/9.9\r\nHost: a\r\n\r\n`,
      `GET / HTTP/1.1\r\nHost: ${canary}\r\nAuthorization: Bearer ${canary}\r\nbad header ${canary}\r\n\r\n`,
      `GET /${'x'.repeat(9000)}${canary} HTTP/1.1\r\nHost: a\r\n\r\n`,
      `GET / HTTP/1.1\r\nHost: a\r\nAuthorization: ${'x'.repeat(9000)}${canary}\r\n\r\n`,
      `POST /stripe/v1/customers HTTP/1.1\r\nHost: a\r\nContent-Length: 200\r\n\r\n${canary}`,
      `GET /stripe/v1/customers HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${canary}\r\nContent-Length: x${canary}\r\n\r\n`,
    ]) {
      await askRaw(base, bytes)
    }
    await sleep(300)
    const text = stack.written()
    assert.match(text, /GET \/v1\/customers 401 /)
    assert.ok(!text.includes('CanaryThatMustNotBeWritten'), 'the canary was written')
    assert.ok(!text.includes('starting_after'), 'a query was written')
    assert.ok(!/[rs]k_(live|test)_/.test(text), 'a key was written')
  })

  it('no body on disk', async () => {
    for (let i = 0; i < 3; ++i) await ask(base, '/stripe/v1/invoices?limit=100', {headers: asGood})
    assert.ok(!stack.written().includes('"object": "list"'))
  })
})

describe('render refuses', only, () => {
  const render = (...args) => spawnSync(path.join(root, 'web/proxy/render'), ['--state', stack.folder, ...args], {encoding: 'utf8'})
  const allow = path.join(process.env.PRECISION_BUILD ?? path.join(root, 'build/native'), 'generated/allow_list.conf')
  for (const [name, args] of [
    ['plain http to another machine', ['--upstream', 'http://api.stripe.com']],
    ['a directive smuggled into an option', ['--page', '/tmp; include /etc/passwd']],
    ['an origin with a wildcard', ['--origins', 'https://*.example']],
  ]) {
    it(name, () => {
      const {status, stderr} = render('--allow-list', allow, ...args)
      assert.equal(status, 1)
      assert.match(stderr, /^web\/proxy\/render: /)
    })
  }

  it('a live configuration verifies Stripe and nginx accepts it', () => {
    const file = path.join(stack.folder, 'live.conf')
    const {status, stderr} = render('--allow-list', allow, '--output', file, '--page', stack.page(), '--resolver', '127.0.0.1')
    assert.equal(status, 0, stderr)
    const checked = spawnSync('nginx', ['-e', 'stderr', '-t', '-c', file], {encoding: 'utf8'})
    assert.equal(checked.status, 0, checked.stderr)
    const text = spawnSync('cat', [file], {encoding: 'utf8'}).stdout
    for (const directive of ['proxy_ssl_verify on;', 'proxy_ssl_server_name on;', 'proxy_ssl_name api.stripe.com;',
      'proxy_set_header Host api.stripe.com;', 'server api.stripe.com:443 resolve']) {
      assert.ok(text.includes(directive), directive)
    }
  })
})
