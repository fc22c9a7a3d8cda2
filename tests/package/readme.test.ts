// The package's README tells what the code says.

import assert from 'node:assert/strict'
import {readFileSync} from 'node:fs'
import {test} from 'node:test'
import {filled, readme} from '../../web/readme.js'

test('the tables of the README are made from the code as it is (npm run readme)', () => {
  assert.equal(filled, readme)
  assert.match(readme, /`handOverKey\(\)`.*--ps-accent/s)
})

test('the policy of the README is the one the tests run under', () => {
  const policy = /Content-Security-Policy: (.*)/.exec(readme)?.[1] ?? ''
  const config = readFileSync(new URL('../../web/proxy/nginx.conf.template', import.meta.url), 'utf8')
  assert.ok(policy.length > 50 && config.includes(policy), policy)
})
