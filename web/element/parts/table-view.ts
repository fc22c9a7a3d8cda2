// The grid of one table: draws the rows in view and no others, follows the keyboard
// by the ARIA grid pattern, and reads its cells by ranges from the module. Renders
// itself, so that scrolling does not draw the rest of the page again.

import {Virtualizer, type VirtualItem} from '@tanstack/virtual-core'
import {html, nothing, render, type TemplateResult} from 'lit'
import {guard} from 'lit/directives/guard.js'
import type {Speech} from '../speech.js'
import {afterFrame} from '../turns.js'
import {cellContent, columnsToRead, type GridColumn} from './columns.js'
import type {GridActions, GridContent} from './grid-content.js'
import {cellAfter} from './grid-keys.js'
import {layOut, type Layout} from './grid-layout.js'
import {RowCache} from './row-cache.js'
import {RowPool} from './row-pool.js'
import {drawnAt, scrollScale, scrollTopFor, type ScrollScale} from './scaled-scroll.js'
import {cssom, icon} from './view.js'

export const ROW_HEIGHT = 44
const HEAD_HEIGHT = 40
const NEW_ROWS_A_FRAME = 8
const OVERSCAN = 8
const RESIZE_STEP = 16
/** Rows stand where they are within the layer until the first in view is in another stretch. */
const STRETCH = 4096
/** The row number of the heads, above the first row. */
const HEAD = -1

/** A style property as it is, or not at all. */
function pinnedAt({pinned, offsets}: Layout, index: number): unknown {
  return index < pinned ? cssom({'--pinned': `${String(offsets[index] ?? 0)}px`}) : nothing
}

export class TableView {
  readonly #actions: GridActions
  #grid: HTMLElement | null = null
  #content: GridContent | null = null
  #layout: Layout | null = null
  #layoutOf: readonly unknown[] = []
  #read = ''
  #cache: RowCache | null = null
  #count = 0
  #active = 0
  #activeColumn = 0
  #scale: ScrollScale = {height: 0, ratio: 1}
  /**
   * Of the box, without its scroll bars, and how far it is scrolled: as the browser last told. To ask for
   * either between two frames would have it lay out the page at once.
   */
  #size: {readonly width: number; readonly height: number} | null = null
  #scrollTop = 0
  #styledBy: Layout | null = null
  readonly #rows = new RowPool()
  #callOffRest = (): void => undefined
  #virtual: Virtualizer<HTMLElement, HTMLElement> | null = null
  #undo: (() => void)[] = []

  constructor(actions: GridActions) {
    this.#actions = actions
  }

  /** Called after each drawing of the page; `grid` is null when there is none. */
  update(grid: HTMLElement | null, content: GridContent | null): void {
    if (grid !== this.#grid) this.#attach(grid)
    if (!grid || !content) return
    const before = this.#content
    const moved = before?.source !== content.source || before.table !== content.table
    const sifted = moved || before.choice.filter !== content.choice.filter
    const ordered = sifted || before.choice.sort !== content.choice.sort || before.choice.descending !== content.choice.descending
    // Where the heads were pressed, the active cell stays with them.
    if (ordered) {
      if (this.#active !== HEAD || moved) this.#active = 0
      this.#scrollTo(grid, 0)
    }
    if (moved) this.#activeColumn = 0
    const grown = ordered || before.revision !== content.revision || before.count !== content.count
    if (!grown && before.speech === content.speech && before.bones === content.bones && before.choice === content.choice) return
    this.#content = content
    if (grown) this.#reread(content, moved)
    this.#draw()
  }

  detach(): void {
    this.#attach(null)
  }

  /** Names of the columns in view, in their order. */
  get columns(): readonly string[] {
    return this.#layout?.columns.map(({schema}) => schema.name) ?? []
  }

  // --- life -----------------------------------------------------------------------

  #attach(grid: HTMLElement | null): void {
    for (const undo of this.#undo) undo()
    this.#undo = []
    this.#grid = grid
    this.#content = null
    this.#layout = null
    this.#cache = null
    this.#virtual = null
    this.#rows.clear()
    this.#callOffRest()
    this.#size = null
    this.#scrollTop = 0
    this.#styledBy = null
    if (!grid) return
    const left = new AbortController()
    const {signal} = left
    grid.addEventListener('keydown', this.#onKey.bind(this), {signal})
    grid.addEventListener('click', this.#onClick.bind(this), {signal})
    grid.addEventListener('pointerdown', this.#onPointer.bind(this), {signal})
    const virtual = new Virtualizer<HTMLElement, HTMLElement>(this.#options())
    this.#virtual = virtual
    const unmount = virtual._didMount()
    virtual._willUpdate()
    this.#undo.push(unmount, () => {
      left.abort()
    })
  }

  #options(): ConstructorParameters<typeof Virtualizer<HTMLElement, HTMLElement>>[0] {
    return {
      count: this.#count,
      getScrollElement: () => this.#grid,
      estimateSize: () => ROW_HEIGHT,
      overscan: OVERSCAN,
      // The grid moves by itself; the library is never asked to.
      scrollToFn: () => undefined,
      observeElementRect: (_instance, tell) => {
        const grid = this.#grid
        if (!grid) return
        let callOff = (): void => undefined
        const observer = new ResizeObserver(() => {
          const size = {width: grid.clientWidth, height: grid.clientHeight}
          this.#scrollTop = grid.scrollTop
          // With rows comes the scroll bar, which is another size: not while sizes are told.
          callOff()
          callOff = afterFrame(() => {
            this.#size = size
            tell({width: size.width, height: size.height - HEAD_HEIGHT})
            this.#draw()
          })
        })
        observer.observe(grid)
        return () => {
          observer.disconnect()
          callOff()
        }
      },
      observeElementOffset: (_instance, tell) => {
        const grid = this.#grid
        if (!grid) return
        const onScroll = (): void => {
          this.#scrollTop = grid.scrollTop
          tell(this.#scrollTop * this.#scale.ratio, true)
        }
        grid.addEventListener('scroll', onScroll, {passive: true})
        tell(this.#scrollTop * this.#scale.ratio, false)
        return () => {
          grid.removeEventListener('scroll', onScroll)
        }
      },
      onChange: () => {
        this.#draw()
      },
    }
  }

  // --- rows -------------------------------------------------------------------------

  #reread(content: GridContent, moved: boolean): void {
    if (moved) {
      this.#cache = null
      this.#rows.clear()
    } else {
      this.#cache?.forget()
    }
    this.#count = content.count
    if (this.#active !== HEAD) this.#active = Math.min(this.#active, Math.max(0, this.#count - 1))
    this.#virtual?.setOptions(this.#options())
    this.#virtual?._willUpdate()
  }

  /** The cache reads what is in view, and starts anew when that is another set of columns. */
  #cacheFor(content: GridContent, layout: Layout): RowCache {
    const names = columnsToRead(layout.columns)
    const read = names.join()
    if (!this.#cache || read !== this.#read) this.#cache = new RowCache(content.source.table(content.table), names)
    this.#read = read
    return this.#cache
  }

  /** The same object for as long as nothing of it changes. */
  #layoutFor({source, table, choice}: GridContent, width: number): Layout {
    const {columns} = source.table(table)
    const of = [columns, choice, width]
    if (this.#layout && of.every((one, index) => one === this.#layoutOf[index])) return this.#layout
    this.#layoutOf = of
    const before = this.columns.join()
    this.#layout = layOut(table, columns, choice, width)
    if (before !== this.columns.join()) this.#actions.laidOut()
    return this.#layout
  }

  /** A row is drawn again when one of these is another. */
  #drawnFrom(index: number, layout: Layout, content: GridContent): unknown[] {
    return [index, layout, content, index === this.#active ? this.#activeColumn : null]
  }

  /** Those in view first, and after the head few new ones with a frame: all of them at once take longer than one. */
  #itemsToDraw(): readonly VirtualItem[] {
    const items = this.#virtual?.getVirtualItems() ?? []
    const {startIndex = 0, endIndex = 0} = this.#virtual?.range ?? {}
    const most = this.#styledBy ? this.#rows.size + NEW_ROWS_A_FRAME : 0
    if (items.length <= most) return items
    this.#callOffRest()
    this.#callOffRest = afterFrame(() => {
      this.#draw()
    })
    const isInView = ({index}: VirtualItem): boolean => index >= startIndex && index <= endIndex
    const first = [...items.filter(isInView), ...items.filter((item) => !isInView(item))].slice(0, most)
    return first.sort((a, b) => a.index - b.index)
  }

  #draw(): void {
    const grid = this.#grid
    const content = this.#content
    const size = this.#size
    if (!grid || !content || !size) return
    this.#scale = scrollScale(this.#count * ROW_HEIGHT, size.height - HEAD_HEIGHT)
    const layout = this.#layoutFor(content, size.width)
    this.#activeColumn = Math.min(this.#activeColumn, layout.columns.length - 1)
    const cache = this.#cacheFor(content, layout)
    const items = this.#count > 0 ? this.#itemsToDraw() : []
    const first = Math.floor((items[0]?.index ?? 0) / STRETCH) * STRETCH
    const top = Math.round(drawnAt(this.#scrollTop, this.#scale.ratio, first * ROW_HEIGHT))
    grid.setAttribute('aria-rowcount', String(this.#count + 1))
    this.#style(grid, layout)
    const isDrawn = this.#active === HEAD || items.some(({index}) => index === this.#active)
    if (isDrawn) grid.setAttribute('aria-activedescendant', this.#idOf(this.#active, this.#activeColumn))
    else grid.removeAttribute('aria-activedescendant')
    const height = this.#count > 0 ? this.#scale.height : content.bones * ROW_HEIGHT
    render(
      html`<div class="grid-head" role="rowgroup">
          ${guard(this.#drawnFrom(HEAD, layout, content), () => this.#headRow(layout, content))}
        </div>
        <div class="grid-body" role="rowgroup" ${cssom({height: `${String(height)}px`})}>
          <div
            class="grid-layer"
            role="presentation"
            ${cssom({height: `${String(STRETCH * ROW_HEIGHT)}px`, transform: `translateY(${String(top)}px)`})}
          >
            ${Array.from({length: this.#count > 0 ? 0 : content.bones}, (_, index) => this.#bone(index * ROW_HEIGHT, layout))}
          </div>
        </div>`,
      grid,
    )
    const layer = grid.querySelector('.grid-layer')
    if (!layer) return
    this.#rows.draw(layer, items.map(({index}) => index), (row, index) => {
      const from = [first, ...this.#drawnFrom(index, layout, content)]
      if (from.every((one, at) => one === row.from[at])) return
      row.from = from
      this.#drawRow(row.element, index, (index - first) * ROW_HEIGHT, layout, cache, content.speech)
    })
  }

  /** What every row inherits: set anew, it would have each of them looked at again. */
  #style(grid: HTMLElement, layout: Layout): void {
    if (layout === this.#styledBy) return
    this.#styledBy = layout
    grid.classList.toggle('wide', layout.width !== null)
    grid.style.setProperty('--tracks', layout.tracks)
    grid.style.setProperty('--row-width', layout.width === null ? '100%' : `${String(layout.width)}px`)
    grid.style.scrollPaddingInlineStart = `${String(layout.pinnedWidth)}px`
  }

  #scrollTo(grid: HTMLElement, top: number): void {
    if (top === this.#scrollTop) return
    grid.scrollTop = top
    this.#scrollTop = grid.scrollTop
  }

  #idOf(row: number, column: number): string {
    return row === HEAD ? `head-${String(column)}` : `cell-${String(row)}-${String(column)}`
  }

  #cellClass(row: number, index: number, kind: string, layout: Layout): string {
    const active = row === this.#active && index === this.#activeColumn ? 'active' : ''
    return `cell ${kind} ${index < layout.pinned ? 'pinned' : ''} ${active}`
  }

  #headRow(layout: Layout, content: GridContent): TemplateResult {
    return html`<div class="grid-row" role="row" aria-rowindex="1">
      ${layout.columns.map((column, index) => this.#head(column, index, layout, content))}
    </div>`
  }

  #head(column: GridColumn, index: number, layout: Layout, {choice, speech: {words}}: GridContent): TemplateResult {
    const {name} = column.schema
    const {sort, descending} = choice
    const sorted = sort === name
    return html`<div
      id=${this.#idOf(HEAD, index)}
      class=${this.#cellClass(HEAD, index, column.kind, layout)}
      role="columnheader"
      aria-sort=${sorted ? (descending ? 'descending' : 'ascending') : 'none'}
      data-head=${index}
      ${pinnedAt(layout, index)}
    >
      <span class="head-text">${words.columnTitle(name)}</span>${sorted ? icon(descending ? 'down' : 'up') : ''}<span
        class="grip"
        data-grip=${index}
        title=${words.resize(words.columnTitle(name))}
      ></span>
    </div>`
  }

  #drawRow(element: HTMLElement, index: number, top: number, layout: Layout, cache: RowCache, speech: Speech): void {
    element.className = `grid-row ${index === this.#active ? 'active' : ''}`
    element.setAttribute('aria-rowindex', String(index + 2))
    element.dataset['row'] = String(index)
    element.style.top = `${String(top)}px`
    render(
      layout.columns.map(
        (column, place) =>
          html`<div
            id=${this.#idOf(index, place)}
            class=${this.#cellClass(index, place, column.kind, layout)}
            role="gridcell"
            data-cell=${place}
            ${pinnedAt(layout, place)}
          >
            ${cellContent(speech, column, (name) => cache.cell(index, name))}
          </div>`,
      ),
      element,
    )
  }

  #bone(top: number, {columns}: Layout): TemplateResult {
    return html`<div class="grid-row" aria-hidden="true" ${cssom({top: `${String(top)}px`})}>
      ${columns.map(({kind}) => html`<div class="cell ${kind}"><span class="bone"></span></div>`)}
    </div>`
  }

  // --- what the reader does ---------------------------------------------------------

  #onClick(event: MouseEvent): void {
    const target = event.target as Element
    const content = this.#content
    if (!content || target.closest('.grip')) return
    const head = target.closest<HTMLElement>('[data-head]')
    if (head) return this.#sort(Number(head.dataset['head']))
    const row = target.closest<HTMLElement>('[data-row]')
    if (!row) return
    const cell = target.closest<HTMLElement>('[data-cell]')
    this.#activate(Number(row.dataset['row']), Number(cell?.dataset['cell'] ?? 0))
    this.#actions.open(content.table, this.#active)
  }

  #sort(index: number): void {
    const column = this.#layout?.columns[index]
    if (!column || !this.#content) return
    this.#active = HEAD
    this.#activeColumn = index
    this.#actions.sort(this.#content.table, column)
  }

  /** Drags the edge of a column's head. */
  #onPointer(event: PointerEvent): void {
    const grip = (event.target as Element).closest<HTMLElement>('.grip')
    const head = grip?.parentElement
    if (!grip || !head) return
    event.preventDefault()
    const index = Number(grip.dataset['grip'])
    const begin = event.clientX
    const width = head.getBoundingClientRect().width
    const way = this.#isRightToLeft() ? -1 : 1
    grip.setPointerCapture(event.pointerId)
    const move = ({clientX}: PointerEvent): void => {
      this.#resize(index, width + (clientX - begin) * way)
    }
    grip.addEventListener('pointermove', move)
    grip.addEventListener(
      'lostpointercapture',
      () => {
        grip.removeEventListener('pointermove', move)
      },
      {once: true},
    )
  }

  #resize(index: number, width: number): void {
    const column = this.#layout?.columns[index]
    if (column && this.#content) this.#actions.resize(this.#content.table, column.schema.name, width)
  }

  #isRightToLeft(): boolean {
    return this.#grid !== null && getComputedStyle(this.#grid).direction === 'rtl'
  }

  #onKey(event: KeyboardEvent): void {
    const grid = this.#grid
    const content = this.#content
    const layout = this.#layout
    if (!grid || !content || !layout || event.altKey) return
    const far = event.ctrlKey || event.metaKey
    if (far && event.key === 'c') return this.#copyCell()
    const page = Math.max(1, Math.floor((grid.clientHeight - HEAD_HEIGHT) / ROW_HEIGHT) - 1)
    const row = this.#active
    const column = this.#activeColumn
    const right = this.#isRightToLeft() ? -1 : 1
    const lastColumn = layout.columns.length - 1
    if (row === HEAD && event.shiftKey && event.key.startsWith('Arrow')) {
      const steps: Record<string, number> = {ArrowRight: right, ArrowLeft: -right}
      const head = grid.querySelector(`#${this.#idOf(HEAD, column)}`)
      const step = steps[event.key]
      if (step === undefined || !head) return
      event.preventDefault()
      return this.#resize(column, head.getBoundingClientRect().width + step * RESIZE_STEP)
    }
    const target = cellAfter(event.key, far, {row, column, page, right, lastRow: this.#count - 1, lastColumn})
    if (target) {
      event.preventDefault()
      this.#activate(target.row, target.column)
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      if (row === HEAD) this.#sort(column)
      else if (this.#count > 0) this.#actions.open(content.table, row)
    }
  }

  #copyCell(): void {
    // What is selected by mouse is what is meant.
    if (getSelection()?.isCollapsed === false) return
    const cell = this.#grid?.querySelector<HTMLElement>(`#${this.#idOf(this.#active, this.#activeColumn)}`)
    if (cell) this.#actions.copy(cell.innerText.trim())
  }

  #activate(row: number, column: number): void {
    const grid = this.#grid
    if (!grid) return
    this.#active = Math.min(Math.max(row, HEAD), this.#count - 1)
    this.#activeColumn = column
    if (this.#active !== HEAD) {
      const start = this.#active * ROW_HEIGHT
      const row = {start, end: start + ROW_HEIGHT}
      this.#scrollTo(grid, scrollTopFor(row, grid.scrollTop, grid.clientHeight - HEAD_HEIGHT, this.#scale.ratio))
    }
    this.#draw()
    if (grid.scrollWidth <= grid.clientWidth) return
    grid.querySelector(`#${this.#idOf(this.#active, column)}`)?.scrollIntoView({block: 'nearest', inline: 'nearest'})
  }
}
