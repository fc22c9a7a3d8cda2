// The module without the element: a key, an audit, and the invoices as they come.

import {openSession, SessionError} from 'precision-stripe'

const element = <T extends HTMLElement>(id: string): T => document.getElementById(id) as T
const said = element('said')
let stop = new AbortController()

async function read(): Promise<void> {
  stop = new AbortController()
  const {signal} = stop
  const session = await openSession({proxy: '/stripe'})
  try {
    const field = element<HTMLInputElement>('key')
    const key = session.useKey(field.value)
    field.value = ''
    if (!key.ok) throw new SessionError(key.error.code)
    const {findings} = await session.audit({signal})
    const wrong = findings.filter(({weight}) => weight === 'blocks')
    said.textContent = `${String(wrong.length)} permissions stand in the way`
    let rows = 0
    let last = ''
    for await (const {count, columns} of session.pull(['invoices'], {signal, columns: {invoices: ['id', 'total']}})) {
      rows += count
      last = String(columns['id']?.at(-1))
      said.textContent = `${String(rows)} invoices, the last is ${last}`
    }
    said.textContent = `${String(rows)} invoices in all, the last was ${last}`
  } catch (error) {
    said.textContent = error instanceof SessionError ? `Failed: ${error.code}` : 'Stopped'
  } finally {
    session.dispose()
  }
}

element('form').addEventListener('submit', (event) => {
  event.preventDefault()
  void read()
})
element('stop').addEventListener('click', () => {
  stop.abort()
})
