// `precision-stripe report` says of a report what the page copies, line for line: both
// take their sentences from one file, and neither knows the other.

import assert from 'node:assert/strict'
import {spawnSync} from 'node:child_process'
import path from 'node:path'
import {test} from 'node:test'
import {fileURLToPath} from 'node:url'
import {reportText} from '../../web/element/report-text.js'
import {speak} from '../../web/element/speech.js'
import {english} from '../../web/element/strings.en.js'
import type {Finding, PermissionReport, TableName} from '../../web/module/types.js'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')
const tool = path.join(process.env['PRECISION_BUILD'] ?? path.join(root, 'build/native'), 'bin/precision-stripe')

function run(command: string, input = ''): {status: number | null; stdout: string; stderr: string} {
  return spawnSync(tool, [command], {input, encoding: 'utf8'})
}

interface Facts {
  readonly id: string
  readonly section: string
  readonly label: string
  readonly wanted: 'read' | 'none'
  readonly probe: string
  readonly tables: string
  readonly needed_by_pull: boolean
  readonly connect_column: boolean
  readonly offers_read: boolean
  readonly offers_write: boolean
}
const catalogue = (JSON.parse(run('describe').stdout) as {permissions: readonly Facts[]}).permissions
const bottom = ['Provisioning', 'Radar', 'Sigma', 'Stripe CLI', 'Terminal', 'Webhook', 'Workflows']

/** A row as the module would report it, with what matters here. */
function row(id: string, verdict: Finding['verdict'], more: Partial<Finding> = {}): Finding {
  const facts = catalogue.find((known) => known.id === id)
  assert.ok(facts, id)
  const first = more.column !== 'connect'
  const missing = facts.needed_by_pull && first ? 'blocks' : 'missing'
  const weights: Partial<Record<Finding['verdict'], Finding['weight']>> = {
    missing,
    excess: 'excess',
    cannot_be_shown: 'look',
    unchecked: 'unchecked',
  }
  return {
    permission: id,
    column: 'account',
    section: facts.section,
    label: facts.label,
    wanted: facts.wanted,
    verdict,
    shown: verdict === 'read' ? 'read_or_more' : 'none',
    weight: weights[verdict] ?? 'right',
    reason: null,
    implied: false,
    writeUnchecked: false,
    neededByPull: facts.needed_by_pull && first,
    connectColumn: facts.connect_column,
    offersWrite: facts.offers_write,
    rule: bottom.includes(facts.section) ? 0 : facts.offers_read ? 1 : 2,
    tables: first && facts.tables !== '' ? (facts.tables.split(' ') as TableName[]) : [],
    hint: '',
    ...more,
  }
}

const report = (more: Partial<PermissionReport>): PermissionReport => ({
  version: 1,
  policy: '',
  sentences: [],
  findings: [],
  whole: null,
  answered: 1,
  asked: 1,
  complete: true,
  pullsMayStart: false,
  writeChecked: false,
  secondRow: 'no_accounts',
  editUrl: '',
  ...more,
})

const unseen = catalogue.filter(({probe}) => probe === '').map(({id}) => row(id, 'cannot_be_shown', {shown: 'nothing'}))
const fourMistakes = report({
  writeChecked: true,
  findings: [
    row('charge', 'missing'),
    row('customer', 'missing'),
    row('product', 'excess', {shown: 'write'}),
    row('webhook', 'excess', {shown: 'read'}),
    row('invoice', 'read', {shown: 'read'}),
    ...unseen,
  ],
})
const cases: Readonly<Record<string, PermissionReport>> = {
  'nothing to change': report({findings: [row('customer', 'read'), ...unseen]}),
  'four mistakes': fourMistakes,
  'a connected account': report({
    secondRow: 'checked',
    findings: [row('event', 'read'), row('payout', 'read'), row('dispute', 'read'), row('subscription', 'missing', {column: 'connect'}), row('terminal_reader', 'excess', {column: 'connect', shown: 'write'})],
  }),
  'an empty second row': report({secondRow: 'empty', findings: [row('customer', 'read')]}),
  'doors with two keys': report({secondRow: 'not_known', findings: [row('balance', 'missing', {implied: true}), row('review', 'excess', {implied: true})]}),
  'some could not be checked': report({
    writeChecked: true,
    findings: [row('payout', 'unchecked', {reason: 'rate_limited'}), row('quote', 'unchecked', {reason: 'network_down'}), row('invoice', 'read')],
  }),
  'one could not be checked': report({findings: [row('payout', 'unchecked', {reason: 'stripe_down'})]}),
  'a dead key': report({whole: 'key_expired'}),
}

const speech = speak(english, 'en-US', () => 2)
for (const [name, value] of Object.entries(cases)) {
  test(`says the same as the page: ${name}`, () => {
    const {status, stdout} = run('report', JSON.stringify(value))
    assert.equal(status, 0)
    assert.equal(stdout, reportText(speech, value))
  })
}

test('says what blocks most first, in sentences', () => {
  const {stdout} = run('report', JSON.stringify(fourMistakes))
  const lines = stdout.split('\n')
  assert.equal(lines[0], '4 permissions to change, then check again')
  const at = (text: string): number => {
    const place = lines.findIndex((line) => line.includes(text))
    assert.notEqual(place, -1, text)
    return place
  }
  assert.ok(at('Customers is set to None. Set it to Read.') < at('With Products at Write this key could change things'))
  assert.ok(at('With Products at Write') < at('Webhook Endpoints and Event Destinations should be None.'))
  assert.ok(at('you will not see your customers and payments.') < at('things to look at yourself'))
})

test('refuses what is no report', () => {
  for (const text of ['', '[]', '{"version": 2, "findings": []}', JSON.stringify({...report({}), findings: [{permission: 'teapot'}]})]) {
    const {status, stderr} = run('report', text)
    assert.equal(status, 1, text)
    assert.match(stderr, /this is not a report/)
  }
})
