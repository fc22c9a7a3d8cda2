// The element: binds the store to the DOM. Importing this file registers nothing.

import {html, LitElement, nothing, type PropertyValues, type TemplateResult} from 'lit'
import type {SessionOptions} from '../module/session.js'
import type {ErrorCode, TableName} from '../module/types.js'
import {renderConnectedCard, renderData} from './parts/connected.js'
import {DataPanel} from './parts/data-panel.js'
import {inputsIn, renderKeyForm, tellFields} from './parts/key-form.js'
import {renderChecking, renderVerdict} from './parts/permission-report.js'
import {rehearsal} from './parts/rehearsal.js'
import {readRow, renderRowDetail, type OpenRow} from './parts/row-detail.js'
import {closeMenus} from './parts/table-tools.js'
import {icon, type View} from './parts/view.js'
import {styles} from './precision-stripe.styles.js'
import {loadLanguage, localeFor, nearestLang, speak, type Speech} from './speech.js'
import type {KeyCheckedDetail, KeyLabel, Notice, Phase, State} from './state.js'
import {Store} from './store.js'
import {english, type Language} from './strings.en.js'
import {after, nextTurn, whenIdle} from './turns.js'
import type {PermissionReport, Policy, PullProgress} from '../module/types.js'

const COPIED_FOR_MS = 2000

const now = (): number => Date.now()

/** How much of an account's data is on the page: its first drawing is long, and goes in turns. */
type DrawnData = 'head' | 'body' | 'whole'

/** What the element tells its host; no event ever holds the key. */
export interface PrecisionStripeEvents {
  'key-checked': CustomEvent<KeyCheckedDetail>
  'permissions-checked': CustomEvent<PermissionReport>
  progress: CustomEvent<PullProgress>
  rows: CustomEvent<{readonly table: TableName; readonly count: number}>
  connected: CustomEvent<KeyLabel>
  disconnected: CustomEvent<null>
  'help-requested': CustomEvent<{readonly phase: Phase; readonly about: ErrorCode | null}>
  error: CustomEvent<{readonly code: ErrorCode}>
}

/**
 * Connects a Stripe account with a restricted key and shows what it reads.
 *
 * @element precision-stripe
 * @attr {string} proxy - Where the proxy to Stripe stands, e.g. `/stripe`.
 * @attr {string} wasm-url - The module's `.wasm`; by default beside the script.
 * @attr {string} wasm-integrity - What the `.wasm` must hash to (`integrity.json`); it then does not stream.
 * @attr {boolean} check-write - Audits also ask whether the key may write; the proxy must allow it.
 * @attr {string} account - A connected account of the key's platform (`acct_…`) to read instead of its own.
 * @attr {number} max-requests - A pull stops there; "Read the rest" allows as many again.
 * @attr {number} share-of-limit - Of Stripe's rate limit, 0 to 1; the rest is left to the account's other traffic.
 * @attr {string} lang - `en` or `de`, with a region or without (`de-AT`); by default the nearest `lang` of the page, then the browser's languages, English where there is neither.
 * @fires {CustomEvent<KeyCheckedDetail>} key-checked - The fields' text was judged, without any request.
 * @fires {CustomEvent<PermissionReport>} permissions-checked - An audit has ended; `detail` is the report.
 * @fires {CustomEvent<PullProgress>} progress - The pull moved on.
 * @fires {CustomEvent<{table: TableName, count: number}>} rows - A table has new rows.
 * @fires {CustomEvent<KeyLabel>} connected - A key is proven.
 * @fires {CustomEvent<null>} disconnected - The key and the rows are wiped.
 * @fires {CustomEvent<{phase: Phase, about: ErrorCode | null}>} help-requested - "Questions?": open the chat.
 * @fires {CustomEvent<{code: ErrorCode}>} error - Something failed; `detail.code` says what.
 * @slot footer - Below everything.
 * @csspart card - The card with the form and the connection.
 * @csspart guide - The step-by-step guide, folded.
 * @csspart field - Each of the two fields, with its label and verdict.
 * @csspart connect - The button Connect.
 * @csspart notice - What is wrong, and the next step.
 * @csspart help - The button Questions?.
 * @csspart data - Progress, tables and permissions.
 * @csspart progress - How far the pull is.
 * @csspart figures - The figures above a table.
 * @csspart grid - The grid of rows.
 * @csspart tools - Search, filters, columns and export above it.
 * @csspart chart - The picture above a table, with its figures.
 * @csspart export - The form of the export.
 * @csspart detail - One row in full.
 * @cssprop --ps-accent - Buttons, links and focus.
 * @cssprop --ps-on-accent - What stands on the accent.
 * @cssprop --ps-text - Words.
 * @cssprop --ps-quiet - Words of less weight.
 * @cssprop --ps-line - Lines between things.
 * @cssprop --ps-line-strong - The borders of fields.
 * @cssprop --ps-surface - The ground of cards.
 * @cssprop --ps-raised - What stands out from it.
 * @cssprop --ps-bad - What has to be changed.
 * @cssprop --ps-bad-back - Its ground.
 * @cssprop --ps-warn - What has to be looked at.
 * @cssprop --ps-warn-back - Its ground.
 * @cssprop --ps-good - The verdict that all is right.
 * @cssprop --ps-good-back - Its ground.
 * @cssprop --ps-radius - Corners of cards; those of fields follow.
 * @cssprop --ps-shadow - Under cards.
 */
export class PrecisionStripe extends LitElement {
  static override readonly styles = styles
  static override readonly properties = {
    proxy: {type: String},
    wasmUrl: {type: String, attribute: 'wasm-url'},
    wasmIntegrity: {type: String, attribute: 'wasm-integrity'},
    checkWrite: {type: Boolean, attribute: 'check-write'},
    policy: {attribute: false},
    account: {type: String},
    maxRequests: {type: Number, attribute: 'max-requests'},
    shareOfLimit: {type: Number, attribute: 'share-of-limit'},
  }

  declare proxy: string
  declare wasmUrl: string | null
  declare wasmIntegrity: string | null
  declare checkWrite: boolean
  /** What a key should hold, instead of the setup guide's. To be set before the element is connected. */
  declare policy: Policy | null
  declare account: string
  declare maxRequests: number
  declare shareOfLimit: number

  readonly #store: Store
  #speech: Speech
  #locale = ''
  /** Nothing is drawn before: not in English, to be drawn in another language a moment later. */
  #isSpoken = false
  #isRehearsed = false
  readonly #langs = new MutationObserver(() => {
    this.#chooseLanguage()
  })
  readonly #data: DataPanel
  #state: State
  #open: OpenRow | null = null
  /** Of the table in view; null while no rows are drawn. */
  #shownRows: number | null = null
  #drawn: DrawnData = 'head'
  #copied: string | null = null
  #copiedTimer: ReturnType<typeof setTimeout> | undefined
  #unsubscribe: (() => void) | null = null

  constructor() {
    super()
    this.proxy = '/stripe'
    this.wasmUrl = null
    this.wasmIntegrity = null
    this.checkWrite = false
    this.policy = null
    this.account = ''
    this.maxRequests = 0
    this.shareOfLimit = 0.8
    this.#store = new Store(
      {
        openSession: async () => {
          // The module comes in when the first element does, not with the script.
          const {openSession} = await import('../module/index.js')
          return openSession(this.#sessionOptions())
        },
        pullOptions: () => ({maxRequests: this.maxRequests, shareOfLimit: this.shareOfLimit}),
        now,
        after,
      },
      (notice) => {
        this.#tell(notice)
      },
    )
    this.#state = this.#store.getState()
    this.#speech = this.#speak(english, english.tag)
    this.#data = new DataPanel({
      speech: () => this.#speech,
      now,
      after,
      connection: () => this.#state.connection,
      source: () => this.#store.rows,
      account: () => this.account,
      changed: () => {
        this.requestUpdate()
      },
      open: (table, row) => {
        this.#openRow(table, row)
      },
      copy: (text) => void this.#copy(text),
    })
  }

  /**
   * The connected key as bytes, once; null before `connected`, and at every call after the first. The
   * element goes on working. Who calls this takes the key over: send it to your own server over TLS and
   * overwrite it (`fill(0)`); never keep it in the page, a log or an address.
   */
  handOverKey(): Uint8Array | null {
    return this.#store.handOverKey()
  }

  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, 'lang']
  }

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    super.attributeChangedCallback(name, old, value)
    if (name === 'lang' && this.isConnected) this.#chooseLanguage()
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#chooseLanguage()
    this.#langs.observe(document, {attributes: true, attributeFilter: ['lang'], subtree: true})
    this.#unsubscribe?.()
    this.#unsubscribe = this.#store.subscribe((state) => {
      const {module, phase} = this.#state
      this.#state = state
      this.requestUpdate()
      if (state.phase !== phase) void this.#onPhase(state.phase)
      if (state.module === 'ready' && module === 'loading') void this.#onModule()
    })
    this.#store.start()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#langs.disconnect()
    // A host may only move the element; wipe if it is still out after this turn.
    queueMicrotask(() => {
      if (this.isConnected) return
      this.#unsubscribe?.()
      this.#unsubscribe = null
      this.#data.detach()
      this.#open = null
      const inputs = inputsIn(this.#root())
      if (inputs) {
        inputs.first.value = ''
        inputs.second.value = ''
      }
      this.#store.close()
      this.#state = this.#store.getState()
    })
  }

  // --- drawing ----------------------------------------------------------------------

  /**
   * What is typed has its verdict before the key is up again. All else is drawn in a turn of its own, not
   * in that of a page's rows or of the click that asked for it.
   */
  protected override async scheduleUpdate(): Promise<void> {
    if (this.#state.phase !== 'form') await nextTurn()
    await super.scheduleUpdate()
  }

  protected override shouldUpdate(): boolean {
    return this.#isSpoken
  }

  protected override render(): TemplateResult {
    const {phase, connection} = this.#state
    if (this.#data.begin(connection, () => this.clientWidth)) this.#drawn = 'head'
    this.#shownRows = connection && this.#drawn !== 'head' ? this.#data.shownRows(connection) : null
    const view = this.#view()
    const reconnecting = connection !== null && phase !== 'connected'
    return html`<div
      class="root ${reconnecting ? 'reconnecting' : ''}"
      lang=${view.format.locale}
      @pointerdown=${closeMenus}
    >
      <div class="card" part="card">
        ${connection && phase === 'connected'
          ? renderConnectedCard(view, connection)
          : html`${this.#head(reconnecting)}${this.#step(view)}`}
      </div>
      ${connection
        ? renderData(view, connection, {shownRows: this.#shownRows, permissions: this.#drawn === 'whole'})
        : nothing}
      ${this.#open
        ? renderRowDetail(view, this.#open, () => {
            this.#closeRow()
          })
        : nothing}
      <div class="hidden" role="status" aria-live="polite">
        ${this.#copied === null ? nothing : view.words.copied}
      </div>
      <slot name="footer"></slot>
    </div>`
  }

  #head(reconnecting: boolean): TemplateResult {
    const {phase, connection} = this.#state
    const {words} = this.#speech
    const title = reconnecting ? words.reconnectTitle : words.title
    return html`<header class="head">
      <h2>${title}</h2>
      ${phase === 'form'
        ? html`<p class="lead">${reconnecting ? words.reconnectLead : words.lead}</p>`
        : nothing}
      ${phase === 'form' && !connection
        ? html`<p class="time">${icon('clock')}${words.time}</p>`
        : nothing}
    </header>`
  }

  #step(view: View): TemplateResult {
    switch (this.#state.phase) {
      case 'form':
        return renderKeyForm(view)
      case 'checking':
        return renderChecking(view)
      case 'verdict':
        return renderVerdict(view)
      case 'connected':
        return html``
    }
  }

  protected override updated(_changed: PropertyValues): void {
    const {connection} = this.#state
    if (connection && this.#drawn !== 'whole') {
      this.#drawn = this.#drawn === 'head' ? 'body' : 'whole'
      this.requestUpdate()
    } else {
      this.#data.update(this.#root(), connection, this.#shownRows ?? 0)
    }
    const dialog = this.#root().querySelector<HTMLDialogElement>('dialog.detail')
    if (dialog && !dialog.open) dialog.showModal()
  }

  // --- doing --------------------------------------------------------------------------

  #view(): View {
    return {
      state: this.#state,
      ...this.#speech,
      send: (request) => {
        this.#store.dispatch(request)
      },
      askForHelp: (about) => {
        this.#fire('help-requested', {phase: this.#state.phase, about})
      },
      copy: (text) => void this.#copy(text),
      copied: this.#copied,
      ...this.#data.view(),
    }
  }

  #speak(language: Language, locale: string): Speech {
    return speak(language, locale, (currency) => this.#store.minorUnitDigits(currency))
  }

  #chooseLanguage(): void {
    const locale = localeFor([nearestLang(this), ...navigator.languages], navigator.languages)
    if (locale === this.#locale) return
    this.#locale = locale
    const loading = loadLanguage(locale)
    if (!loading) return this.#useLanguage(english, locale)
    void loading.then(
      (language) => {
        this.#useLanguage(language, locale)
      },
      () => {
        this.#useLanguage(english, english.tag, locale)
      },
    )
  }

  #useLanguage(language: Language, locale: string, asked = locale): void {
    // Another was asked for meanwhile.
    if (asked !== this.#locale) return
    this.#speech = this.#speak(language, locale)
    this.#isSpoken = true
    this.requestUpdate()
  }

  async #copy(text: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text)
      this.#copied = text
    } catch {
      this.#copied = null
    }
    this.requestUpdate()
    clearTimeout(this.#copiedTimer)
    this.#copiedTimer = setTimeout(() => {
      this.#copied = null
      this.requestUpdate()
    }, COPIED_FOR_MS)
  }

  #openRow(table: TableName, row: number): void {
    const source = this.#store.rows
    if (!source) return
    this.#open = readRow(source, table, row)
    this.requestUpdate()
  }

  #closeRow(): void {
    if (!this.#open) return
    this.#open = null
    this.requestUpdate()
    this.#root().querySelector<HTMLElement>('.grid')?.focus()
  }

  // Focus follows the step, so that the keyboard and a screen reader are where the
  // new words are.
  async #onPhase(phase: Phase): Promise<void> {
    await this.updateComplete
    const targets: Record<Phase, string> = {
      form: '#first-field',
      checking: '#checking-title',
      verdict: '#verdict-title',
      connected: '#connected-title',
    }
    // To focus is to lay out what was just drawn: in a turn of its own.
    after(0, () => {
      this.#root().querySelector<HTMLElement>(targets[phase])?.focus({preventScroll: true})
    })
  }

  /** What was typed while the module loaded is judged now. */
  async #onModule(): Promise<void> {
    await this.updateComplete
    const inputs = inputsIn(this.#root())
    if (inputs && (inputs.first.value !== '' || inputs.second.value !== '')) {
      tellFields(this.#view(), inputs)
    }
    this.#rehearse()
  }

  /** With the first module: the code is the same for the next. */
  #rehearse(): void {
    if (this.#isRehearsed) return
    this.#isRehearsed = true
    const toCome = rehearsal({
      typed: (text) => {
        const {phase} = this.#state
        return phase === 'form' ? {...this.#view(), state: {...this.#state, fields: this.#store.judge(text)}} : null
      },
      connected: (connection) => {
        const {phase} = this.#state
        if (phase === 'connected' || !this.isConnected) return null
        return {...this.#view(), source: this.#store.rowsToCome, state: {...this.#state, connection}}
      },
    })
    whenIdle(() => toCome.next().done !== true)
  }

  #tell(notice: Notice): void {
    this.#fire(notice.type, notice.detail)
  }

  #fire(type: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(type, {detail, bubbles: true, composed: true}))
  }

  #root(): ShadowRoot {
    return this.renderRoot as ShadowRoot
  }

  #sessionOptions(): SessionOptions {
    return {
      proxy: this.proxy,
      account: this.account,
      checkWrite: this.checkWrite,
      ...(this.wasmUrl === null ? {} : {wasmUrl: this.wasmUrl}),
      ...(this.wasmIntegrity === null ? {} : {wasmIntegrity: this.wasmIntegrity}),
      ...(this.policy === null ? {} : {policy: this.policy}),
    }
  }
}
