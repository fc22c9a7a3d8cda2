import assert from 'node:assert/strict'
import {test} from 'node:test'
import {decimalOf, Format} from '../../web/element/format.js'

const digits: Record<string, number> = {usd: 2, eur: 2, jpy: 0, kwd: 3, isk: 2, huf: 2}
const english = new Format('en-US', (currency) => digits[currency] ?? 2)
const german = new Format('de-DE', (currency) => digits[currency] ?? 2)

test('minor units become exact decimals', () => {
  const cases = [
    {minor: 0, digits: 2, text: '0.00'},
    {minor: 5, digits: 2, text: '0.05'},
    {minor: -5, digits: 2, text: '-0.05'},
    {minor: 123456, digits: 2, text: '1234.56'},
    {minor: 123456, digits: 0, text: '123456'},
    {minor: 1, digits: 3, text: '0.001'},
    {minor: Number.MAX_SAFE_INTEGER, digits: 2, text: '90071992547409.91'},
    {minor: -Number.MAX_SAFE_INTEGER, digits: 0, text: '-9007199254740991'},
  ]
  for (const {minor, digits: places, text} of cases) assert.equal(decimalOf(minor, places), text)
})

test('money is written in the decimals of Stripe, not of Intl', () => {
  assert.equal(english.money(123456, 'usd'), '$1,234.56')
  assert.equal(english.money(500, 'jpy'), '\u00a5500')
  assert.equal(english.money(5120, 'kwd'), 'KWD\u00a05.120')
  // Intl counts no decimals in these two; Stripe counts two.
  assert.equal(english.money(50000, 'isk'), 'ISK\u00a0500.00')
  assert.equal(english.money(99900, 'huf'), 'HUF\u00a0999.00')
})

test('money stays exact where a double would round', () => {
  assert.equal(english.money(Number.MAX_SAFE_INTEGER, 'usd'), '$90,071,992,547,409.91')
})

test('negative numbers carry a true minus', () => {
  assert.equal(english.money(-123456, 'usd'), '\u2212$1,234.56')
  assert.equal(english.count(-3), '\u22123')
  assert.match(german.money(-100, 'eur'), /^\u22121,00/)
})

test('money follows the language of the reader', () => {
  assert.equal(german.money(123456, 'eur'), '1.234,56\u00a0\u20ac')
})

test('a currency that Intl refuses still has an amount', () => {
  assert.equal(english.money(1050, 'x1'), '10.50 X1')
  assert.equal(english.money(1050, ''), '10.50')
})

test('a share is never whole before the end', () => {
  assert.equal(english.share(0.999), '99%')
  assert.equal(english.share(1), '100%')
  assert.equal(english.share(-1), '0%')
  assert.equal(english.share(7), '100%')
})

test('durations have one unit and are rounded up', () => {
  const cases = [
    {seconds: 0, text: '1 second'},
    {seconds: 44.2, text: '45 seconds'},
    {seconds: 61, text: '2 minutes'},
    {seconds: 3600, text: '1 hour'},
    {seconds: 9000, text: '3 hours'},
  ]
  for (const {seconds, text} of cases) assert.equal(english.duration(seconds), text)
  assert.equal(german.duration(120), '2 Minuten')
})

test('dates are those of the reader', () => {
  assert.match(english.date(1_700_000_000), /^Nov 1[45], 2023$/)
  assert.match(german.date(1_700_000_000), /^1[45]\.11\.2023$/)
})
