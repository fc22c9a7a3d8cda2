// When work is done: a browser draws and hears its reader between two turns, and not within one.

import type {After} from './rates.js'

const IDLE_STEPS_MS = 4

export const after: After = (milliseconds, call) => {
  const timer = setTimeout(call, milliseconds)
  return () => {
    clearTimeout(timer)
  }
}

export const nextTurn = (): Promise<void> =>
  new Promise((resolve) => {
    after(0, resolve)
  })

/**
 * Once the browser has drawn the next frame: what is written there is laid out with the one after, and
 * neither is long. Gives what calls it off.
 */
export function afterFrame(call: () => void): () => void {
  let callOff = (): void => undefined
  const frame = requestAnimationFrame(() => {
    callOff = after(0, call)
  })
  return () => {
    cancelAnimationFrame(frame)
    callOff()
  }
}

/** A step at a time while the page has nothing else to do, as long as `step` gives true. */
export function whenIdle(step: () => boolean): void {
  // Safari has none: it goes without.
  if (!('requestIdleCallback' in globalThis)) return
  requestIdleCallback(() => {
    // Whatever time there is said to be: a page that just came has much to do.
    const end = performance.now() + IDLE_STEPS_MS
    while (step()) {
      if (performance.now() > end) return whenIdle(step)
    }
  })
}
