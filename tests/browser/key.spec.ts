// What is said of a pasted text before anything is sent.

import assert from 'node:assert/strict'
import {before, test} from 'node:test'
import {browser, stack} from './fixture.js'
import {demoKey, paste, visit, type Visit} from './harness.js'

let open: Visit
before(async () => {
  open = await visit(stack, browser)
})

const body = 'a1B2'.repeat(24) + 'xyz'
const good = 'rk_live_' + body

const wrong = [
  {name: 'a secret key', text: 'sk_live_' + body, title: 'This is your secret key', says: /can move money/},
  {name: 'a publishable key', text: 'pk_live_' + body, title: 'This is a publishable key', says: /restricted key instead/},
  {name: 'a webhook secret', text: 'whsec_' + body, title: 'This is a webhook signing secret', says: /cannot read your data/},
  {name: 'an account id', text: 'acct_1' + 'A'.repeat(15), title: 'This is your account id', says: /Restricted Keys/},
  {name: 'a masked key', text: 'rk_live_' + '*'.repeat(20) + 'wXyZ', title: 'This is the hidden form of a key', says: /only once/},
  {name: 'a key with dots in it', text: 'rk_live_' + '\u2022\u2022\u2022\u2022' + 'wXyZ', title: 'This is the hidden form of a key', says: /only once/},
  {name: 'two different keys', text: good + ' rk_live_' + 'z'.repeat(99), title: 'There are 2 keys in here', says: /only the one/},
  {name: 'a foreign letter', text: 'rk_live_' + body.slice(0, 50) + '\u0430' + body.slice(51), title: 'One character does not belong in a key', says: /Character \d+ is/},
  {name: 'a customer id', text: 'cus_' + 'NffrFeUfNV2Hib', title: 'This is the id of a customer', says: /restricted key/},
  {name: 'no key at all', text: 'my Stripe password', title: 'This is not a Stripe key', says: /starts with rk_live_/},
]

test('what comes next is rehearsed where nobody sees it, and without a request', async () => {
  const {page, requests, complaints} = open
  await page.getByLabel('Restricted key').waitFor()
  // Long enough for the rehearsal, which has what time the page leaves.
  await page.waitForTimeout(1500)
  const shown = await page.evaluate(() => {
    const root = document.querySelector('precision-stripe')?.shadowRoot
    return root?.querySelectorAll('#first-field, #checking-title, #connected-title, .data').length
  })
  assert.equal(shown, 1)
  assert.equal(await page.locator('#first-verdict').innerText(), '')
  assert.deepEqual(requests.filter(({url}) => url.includes('/stripe')), [])
  assert.deepEqual(complaints, [])
})

for (const {name, text, title, says} of wrong) {
  test(`${name}: says what it is, and Connect stays off`, async () => {
    const {page} = open
    await paste(page, text)
    const verdict = page.locator('#first-verdict')
    await verdict.getByText(title).waitFor()
    assert.match(await verdict.innerText(), says)
    assert.equal(await page.getByRole('button', {name: 'Connect', exact: true}).isDisabled(), true)
    // Neither the code nor what was pasted is shown.
    const shown = await verdict.innerText()
    assert.doesNotMatch(shown, /key_[a-z]+/)
    assert.ok(!shown.includes(text.slice(8, 40)), shown)
  })
}

test('a wrong key is cleared with one click', async () => {
  const {page} = open
  await paste(page, 'sk_live_' + body)
  await page.locator('#first-verdict').getByRole('button', {name: 'Clear'}).click()
  assert.equal(await page.getByLabel('Restricted key').inputValue(), '')
  assert.equal(await page.locator('#first-verdict').innerText(), '')
})

test('a good key is shown redacted, live or test', async () => {
  const {page} = open
  await paste(page, good)
  const verdict = page.locator('#first-verdict')
  assert.match(await verdict.innerText(), /rk_live_\u2022\u2022\u2022\u20222xyz/)
  assert.match(await verdict.innerText(), /Live data/)
  await paste(page, good.replace('live', 'test'))
  await verdict.getByText('You will see test data only').waitFor()
  assert.equal(await page.getByRole('button', {name: 'Connect', exact: true}).isEnabled(), true)
})

test('what was repaired is told, can be undone and done again', async () => {
  const {page} = open
  await paste(page, `  "${good}" `)
  const verdict = page.locator('#first-verdict')
  const connect = page.getByRole('button', {name: 'Connect', exact: true})
  assert.match(await verdict.innerText(), /We removed .*quotes/)
  assert.equal(await connect.isEnabled(), true)
  await verdict.getByRole('button', {name: 'Undo'}).click()
  assert.equal(await connect.isDisabled(), true)
  await verdict.getByRole('button', {name: 'Use it without them'}).click()
  assert.equal(await connect.isEnabled(), true)
})

test('the text in the field cannot be read from the screen nor kept by the browser', async () => {
  const {page} = open
  await paste(page, good)
  const field = page.getByLabel('Restricted key')
  const look = await field.evaluate((element) => {
    const style = getComputedStyle(element)
    return {
      mask: style.getPropertyValue('-webkit-text-security'),
      type: element.getAttribute('type'),
      name: element.getAttribute('name'),
      autocomplete: element.getAttribute('autocomplete'),
      spellcheck: element.getAttribute('spellcheck'),
      form: element.closest('form') !== null,
    }
  })
  assert.deepEqual(look, {
    mask: 'disc',
    type: 'text',
    name: null,
    autocomplete: 'off',
    spellcheck: 'false',
    form: false,
  })
})

test('a key in the second field moves to the first with one click', async () => {
  const {page} = open
  await paste(page, '')
  await page.getByLabel('Second field').fill(good)
  const verdict = page.locator('#second-verdict')
  await verdict.getByText('The key belongs in the first field only').waitFor()
  assert.equal(await page.getByRole('button', {name: 'Connect', exact: true}).isDisabled(), true)
  await verdict.getByRole('button', {name: 'Move it to the first field'}).click()
  assert.equal(await page.getByLabel('Second field').inputValue(), '')
  assert.equal(await page.getByLabel('Restricted key').inputValue(), good)
  assert.equal(await page.getByRole('button', {name: 'Connect', exact: true}).isEnabled(), true)
})

test('a key in both fields asks to empty the second', async () => {
  const {page} = open
  await paste(page, good)
  await page.getByLabel('Second field').fill(good)
  await page.getByText('Only the first field is needed').waitFor()
  assert.equal(await page.getByRole('button', {name: 'Connect', exact: true}).isDisabled(), true)
  await page.getByRole('button', {name: 'Empty the second field'}).click()
  assert.equal(await page.getByLabel('Second field').inputValue(), '')
  assert.equal(await page.getByRole('button', {name: 'Connect', exact: true}).isEnabled(), true)
})

test('the secret demo key is refused without any request', async () => {
  const {page, requests} = open
  const before = requests.length
  await paste(page, demoKey(stack, 'secret').key)
  await page.getByText('This is your secret key').waitFor()
  await page.getByLabel('Restricted key').press('Enter')
  await page.waitForTimeout(200)
  assert.equal(requests.length, before)
})

test('nothing complained', () => {
  assert.deepEqual(open.complaints, [])
})
