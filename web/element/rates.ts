// How fast each table grows, and a countdown. No DOM; the clock is handed in.

import type {TableName} from '../module/types.js'

const EVERY_MS = 1000

/** Rows a second over about the last second, smoothed by half. */
export class Rates {
  readonly #now: () => number
  readonly #samples = new Map<TableName, {at: number; rows: number; rate: number}>()

  constructor(now: () => number) {
    this.#now = now
  }

  clear(): void {
    this.#samples.clear()
  }

  of(table: TableName, rows: number): number {
    const at = this.#now()
    const sample = this.#samples.get(table)
    if (!sample || rows < sample.rows) {
      this.#samples.set(table, {at, rows, rate: 0})
      return 0
    }
    const passed = at - sample.at
    if (passed < EVERY_MS) return sample.rate
    const measured = ((rows - sample.rows) * 1000) / passed
    const rate = sample.rate === 0 ? measured : (sample.rate + measured) / 2
    this.#samples.set(table, {at, rows, rate})
    return rate
  }
}

export type After = (milliseconds: number, call: () => void) => () => void

/** Counts seconds down to nothing, telling each. */
export class Countdown {
  readonly #after: After
  #undo: (() => void) | null = null

  constructor(after: After) {
    this.#after = after
  }

  get running(): boolean {
    return this.#undo !== null
  }

  start(seconds: number, tell: (left: number) => void, done: () => void): void {
    this.stop()
    if (seconds === 0) return done()
    tell(seconds)
    this.#undo = this.#after(1000, () => {
      this.#undo = null
      this.start(seconds - 1, tell, done)
    })
  }

  stop(): void {
    this.#undo?.()
    this.#undo = null
  }
}
