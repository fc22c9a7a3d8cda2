// A state of the page in pictures (build/screenshots), at three widths, light and
// dark, and with nothing that axe-core finds.

import assert from 'node:assert/strict'
import {after, before, describe, test} from 'node:test'
import type {Page} from 'playwright-core'
import {runsAxe} from './engines.js'
import {browser, stack} from './fixture.js'
import {accessibilityProblems, demoKey, paste, takePictures, visit, type Visit} from './harness.js'

export interface Scene {
  readonly name: string
  readonly set: (page: Page) => Promise<void>
  /** What a person would do to have the page as before; without it the page is not used again. */
  readonly back?: (page: Page) => Promise<void>
}

export const guide: Scene = {
  name: 'guide',
  set: (page) => page.getByText('Show me step by step').click(),
  back: (page) => page.getByText('Show me step by step').click(),
}

export const keyWrong: Scene = {
  name: 'key-wrong',
  set: (page) => paste(page, demoKey(stack, 'secret').key),
  back: (page) => paste(page, ''),
}

export const secondField: Scene = {
  name: 'second-field',
  set: (page) => page.getByLabel('Second field').fill(demoKey(stack, 'good').key),
}

/** A row of the table in view, in full. */
export const detail: Scene = {
  name: 'detail',
  set: async (page) => {
    await page.locator('.grid [data-row="2"]').click()
    await page.getByRole('dialog').waitFor()
  },
  back: async (page) => {
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({state: 'detached'})
  },
}

export const menu = (page: Page, name: string) => page.locator('summary').filter({hasText: name})

/** A test for each scene, in one page that is left after each as it was before. */
export function inOnePage(
  step: string,
  scenes: readonly Scene[],
  claims: string,
  look: (page: Page, name: string) => Promise<void>,
): void {
  describe(step, () => {
    let visited: Visit
    before(async () => {
      visited = await visit(stack, browser)
    })
    after(() => visited.context.close())
    for (const {name, set, back} of scenes) {
      test(`${name}: ${claims}`, async () => {
        await set(visited.page)
        await look(visited.page, name)
        await back?.(visited.page)
      })
    }
  })
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
