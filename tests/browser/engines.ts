// The browsers the tests run in: Debian's Chromium, and Firefox ESR (PRECISION_BROWSER=firefox)
// over WebDriver BiDi.

import {createRequire} from 'node:module'
import {chromium, firefox, type Browser, type BrowserContext, type LaunchOptions} from 'playwright-core'

const chromiumOptions: LaunchOptions = {
  executablePath: '/usr/bin/chromium',
  args: [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
}

const firefoxOptions: LaunchOptions = {
  executablePath: '/usr/bin/firefox-esr',
  // The name by which Playwright knows that BiDi is wanted.
  channel: 'moz-firefox',
}

export type Engine = 'chromium' | 'firefox'

export const engine: Engine = process.env['PRECISION_BROWSER'] === 'firefox' ? 'firefox' : 'chromium'

/** Firefox ESR cannot be told over BiDi which colour scheme to report, nor whether motion is wanted. */
export const emulatesMedia = engine === 'chromium'

/** A whole run of axe-core ends the content process of Firefox ESR 153 (signal 11). */
export const runsAxe = engine === 'chromium'

const options = engine === 'firefox' ? firefoxOptions : chromiumOptions

interface Socket {
  send(this: Socket, data: unknown, ...more: readonly unknown[]): unknown
}

// Playwright asks for media emulation with every context, and gives up when it is refused. The
// question is replaced by one that changes nothing, so that everything else can be tested.
function leaveOutMediaEmulation(): void {
  const {ws} = createRequire(new URL('../../web/package.json', import.meta.url))(
    'playwright-core/lib/utilsBundle',
  ) as {ws: {prototype: Socket}}
  const {send} = ws.prototype
  ws.prototype.send = function (data, ...more) {
    if (typeof data !== 'string' || !data.includes('"emulation.setMediaFeaturesOverride"')) {
      return send.call(this, data, ...more)
    }
    const {id} = JSON.parse(data) as {id: number}
    return send.call(this, JSON.stringify({id, method: 'session.status', params: {}}), ...more)
  }
}
if (engine === 'firefox') leaveOutMediaEmulation()

const kind = engine === 'firefox' ? firefox : chromium

export async function startBrowser(): Promise<Browser> {
  return kind.launch(options)
}

/** A browser with a profile in `folder`, to be looked at afterwards. */
export async function startWithProfile(folder: string): Promise<BrowserContext> {
  return kind.launchPersistentContext(folder, {...options, locale: 'en-US'})
}
