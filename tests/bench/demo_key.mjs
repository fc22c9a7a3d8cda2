// The text of a demo key by its name, as the demo Stripe lists it.

import {execFileSync} from 'node:child_process'

export function demoKey(root, name) {
  const lines = execFileSync(`${root}build/native/bin/demo-stripe`, ['--list-keys'], {encoding: 'utf8'})
  const account = lines.split('\n').filter(Boolean).map((line) => JSON.parse(line)).find((a) => a.name === name)
  if (!account) throw new Error(`no demo key called ${name}`)
  return account.key
}
