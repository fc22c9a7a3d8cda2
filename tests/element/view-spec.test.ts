import assert from 'node:assert/strict'
import {test} from 'node:test'
import {columnsOf} from '../../web/module/export.js'
import type {ColumnSchema} from '../../web/module/types.js'
import {otherCase, viewSpec} from '../../web/module/view-spec.js'

test('the other case is as long in characters, whatever the script', () => {
  for (const [text, other] of [
    ['Anna', 'aNNA'],
    ['\u00c5ngstr\u00f6m', '\u00e5NGSTR\u00d6M'],
    ['\u0436\u0410', '\u0416\u0430'],
    ['stra\u00dfe', 'STRA\u00dfE'],
    ['100% \u6771\u4eac', '100% \u6771\u4eac'],
    ['\u{10428}', '\u{10400}'],
  ] as const) {
    assert.equal(otherCase(text), other)
    assert.equal([...otherCase(text)].length, [...text].length)
  }
})

test('a view is told to the module in texts', () => {
  assert.deepEqual(viewSpec({}), ['created', 'd'])
  assert.deepEqual(viewSpec({sort: 'total'}), ['total', 'a'])
  assert.deepEqual(
    viewSpec({
      sort: 'total',
      descending: true,
      where: [
        {contains: 'Acme', columns: ['number', 'id']},
        {isOneOf: ['paid', 'open'], column: 'status'},
        {from: 0.5, to: 9.5, column: 'total'},
        {from: 5, column: 'created'},
      ],
    }),
    [
      'total', 'd',
      'c', 'number,id', 'Acme', 'aCME',
      'i', 'status', 'paid\nopen', '',
      'b', 'total', '1', '9',
      'b', 'created', '5', '9007199254740991',
    ],
  )
})

test('money brings its currency along, once', () => {
  const schema = (['id', 'total', 'due', 'currency'] as const).map(
    (name): ColumnSchema => ({
      name,
      type: name === 'id' || name === 'currency' ? 'utf8' : 'money',
      nullable: true,
      currencyColumn: name === 'total' || name === 'due' ? 'currency' : '',
    }),
  )
  const names = (wanted?: readonly string[]): string[] => columnsOf(schema, wanted).map(({name}) => name)
  assert.deepEqual(names(['due', 'total', 'nothing']), ['due', 'currency', 'total'])
  assert.deepEqual(names(['currency', 'due']), ['currency', 'due'])
  assert.deepEqual(names(), ['id', 'total', 'currency', 'due'])
})
