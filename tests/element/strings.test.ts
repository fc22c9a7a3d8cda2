import assert from 'node:assert/strict'
import {readFile} from 'node:fs/promises'
import {test} from 'node:test'
import {speak} from '../../web/element/speech.js'
import {english} from '../../web/element/strings.en.js'
import {guide} from '../../web/element/strings.guide.js'
import {counted} from '../../web/element/strings.js'
import told from '../../web/element/words.en.json' with {type: 'json'}
import {errorCodes} from '../../web/module/errors.js'
import type {KeyVerdict} from '../../web/module/types.js'

const {format, words: strings} = speak(english, 'en-US', () => 2)

const verdict: KeyVerdict = {
  error: 'key_truncated',
  mode: null,
  redacted: '',
  repairs: [],
  length: 61,
  lengthUnusual: true,
  badCharacter: '\u0430',
  badPosition: 17,
  objectKind: 'customer',
  keysFound: 2,
}

test('every code has a title and a sentence that says what to do', () => {
  for (const code of errorCodes) {
    for (const mentioned of [{}, {verdict}, {table: 'invoices' as const}]) {
      const {title, body} = strings.error(format, code, mentioned)
      assert.ok(title.length > 3, code)
      assert.doesNotMatch(title, /\.$/, `${code}: a title has no full stop`)
      assert.match(body, /[.!]$/, `${code}: a sentence ends`)
      assert.ok(body.split(' ').length >= 4, `${code}: says too little`)
    }
  }
})

test('there are no words for codes that do not exist', () => {
  const known: readonly string[] = errorCodes
  for (const code of Object.keys(told.errors)) assert.ok(known.includes(code), code)
})

test('no sentence shows a code, a placeholder or jargon', () => {
  const jargon = /undefined|NaN|\[object|_missing|\b(HTTP|API error|status \d|JSON|scope|endpoint|401|403|429|50\d)\b/
  for (const code of errorCodes) {
    const {title, body} = strings.error(format, code, {verdict})
    assert.doesNotMatch(`${title} ${body}`, jargon, code)
    assert.ok(!`${title} ${body}`.includes(code), code)
  }
})

test('the sentences of the key say what was found', () => {
  assert.equal(
    strings.error(format, 'key_truncated', {verdict}).body,
    'It has 61 characters, and keys made today have 107. Copy it again with Stripe\u2019s copy button.',
  )
  assert.match(strings.error(format, 'key_bad_character', {verdict}).body, /^Character 17 is \u201c\u0430\u201d/)
  assert.equal(strings.error(format, 'key_object_id', {verdict}).title, 'This is the id of a customer')
  assert.equal(strings.error(format, 'key_several', {verdict}).title, 'There are 2 keys in here')
  assert.match(strings.error(format, 'key_secret').body, /^It can move money/)
})

test('numbers choose their form', () => {
  const words = {one: '# row', other: '# rows'}
  assert.equal(counted(format, 1, words), '1 row')
  assert.equal(counted(format, 0, words), '0 rows')
  assert.equal(counted(format, 12345, words), '12,345 rows')
  assert.equal(strings.verdictChange(format, 1), '1 permission to change, then check again')
  assert.equal(strings.verdictChange(format, 2), '2 permissions to change, then check again')
})

test('repairs are told in one sentence', () => {
  assert.equal(strings.repaired(format, ['line_breaks', 'quotes']), 'We removed a line break and quotes.')
  assert.equal(strings.repaired(format, ['prefix']), 'We wrote its beginning the way Stripe does.')
})

test('a row issue names the column and counts exactly', () => {
  assert.equal(
    strings.issue(format, 'field_unreadable', 3, 'due_date'),
    '3 rows had a field we could not read: \u201cDue on\u201d.',
  )
})

test('nothing of the written setup guide is left out', async (context) => {
  const path = new URL('../../../shared/setup-guide.txt', import.meta.url)
  const written = await readFile(path, 'utf8').catch(() => null)
  if (written === null) return context.skip('the written guide is not beside the repository')
  const shown = JSON.stringify(guide).replaceAll('**', '')
  // The names of Stripe's own controls, as they stand in the guide.
  const controls = [
    'Developers', 'bottom-left corner', 'API Keys', 'Restricted Keys', 'Add Restricted Key',
    'Provide this key to a third-party application', 'Precision Scorecard', 'precision.co',
    'Customize permissions for this key', 'Continue', 'Read', 'None', 'top header row',
    'Provisioning', 'Radar', 'Sigma', 'Stripe CLI Permissions', 'Terminal', 'Webhooks', 'Workflow',
    'Stripe Connect', 'two rows of permissions', 'Create Key', 'two-factor authentication',
    'email or biometric, then a text code', 'shows it only once', 'first field only', 'Connect',
    'phone nearby', 'bottom-right corner', 'about 5 minutes',
  ]
  for (const control of controls) {
    const name = control.toLowerCase()
    assert.ok(written.toLowerCase().includes(name), `the written guide does not say: ${control}`)
    assert.ok(shown.toLowerCase().includes(name), `the page does not say: ${control}`)
  }
  assert.match(shown, /step 3 and create a new one/)
})
