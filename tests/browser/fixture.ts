// What the tests of one file share: the running stack, and a browser.

import {after} from 'node:test'
import {startBrowser} from './engines.js'
import {startStack} from './harness.js'

export const stack = await startStack()
after(() => stack.stop())

export const browser = await startBrowser()
after(() => browser.close())
