// A state of the page in pictures (build/screenshots), at three widths, light and
// dark, and with nothing that axe-core finds.

import assert from 'node:assert/strict'
import type {Page} from 'playwright-core'
import {runsAxe} from './engines.js'
import {accessibilityProblems, takePictures} from './harness.js'

export interface Scene {
  readonly name: string
  readonly set: (page: Page) => Promise<void>
  /** What a person would do to have the page as before; without it the page is not used again. */
  readonly back?: (page: Page) => Promise<void>
}

/** What `show()` holds the page to. */
export const claim = runsAxe ? 'nothing to object to, light and dark' : 'fits every width'

export async function show(page: Page, name: string): Promise<void> {
  if (runsAxe) {
    await page.emulateMedia({colorScheme: 'light', reducedMotion: 'reduce'})
    assert.deepEqual(await accessibilityProblems(page), [])
    // The dark page is the same but for its colours.
    await page.emulateMedia({colorScheme: 'dark', reducedMotion: 'reduce'})
    assert.deepEqual(await accessibilityProblems(page, 'color-contrast'), [])
  }
  await takePictures(page, name)
}
