// The grid of one table: draws the rows in view and no others, follows the keyboard
// by the ARIA grid pattern, and reads its cells by ranges from the module. Renders
// itself, so that scrolling does not draw the rest of the page again.

import {Virtualizer} from '@tanstack/virtual-core'
import {html, render, type TemplateResult} from 'lit'
import type {TableName} from '../../module/types.js'
import type {Format} from '../format.js'
import type {RowSource} from '../store.js'
import {columnTitle} from '../strings.columns.js'
import {cellContent, columnsToRead, fitting, gridColumns, type GridColumn} from './columns.js'
import {RowCache} from './row-cache.js'
import {drawnAt, scrollScale, scrollTopFor, type ScrollScale} from './scaled-scroll.js'
import {cssom} from './view.js'

export const ROW_HEIGHT = 44
const HEAD_HEIGHT = 40
const CELL_PADDING = 24
const OVERSCAN = 8

export interface GridContent {
  readonly source: RowSource
  readonly table: TableName
  readonly revision: number
  readonly format: Format
  readonly label: string
  /** Rows to keep room for while the first are on their way. */
  readonly bones: number
}

export class TableView {
  readonly #open: (table: TableName, row: number) => void
  #grid: HTMLElement | null = null
  #content: GridContent | null = null
  #columns: readonly GridColumn[] = []
  #shown: readonly GridColumn[] = []
  #cache: RowCache | null = null
  #count = 0
  #active = 0
  #scale: ScrollScale = {height: 0, ratio: 1}
  #virtual: Virtualizer<HTMLElement, HTMLElement> | null = null
  #undo: (() => void)[] = []

  constructor(open: (table: TableName, row: number) => void) {
    this.#open = open
  }

  /** Called after each drawing of the page; `grid` is null when there is none. */
  update(grid: HTMLElement | null, content: GridContent | null): void {
    if (grid !== this.#grid) this.#attach(grid)
    if (!grid || !content) return
    const before = this.#content
    this.#content = content
    const moved = before?.source !== content.source || before.table !== content.table
    if (moved) {
      this.#active = 0
      grid.scrollTop = 0
      this.#columns = []
    }
    const grown = moved || before.revision !== content.revision
    if (!grown && before.format === content.format && before.bones === content.bones) return
    if (grown) this.#reread(content)
    this.#draw()
  }

  detach(): void {
    this.#attach(null)
  }

  get activeRow(): number {
    return this.#active
  }

  // --- life -----------------------------------------------------------------------

  #attach(grid: HTMLElement | null): void {
    for (const undo of this.#undo) undo()
    this.#undo = []
    this.#grid = grid
    this.#content = null
    this.#cache = null
    this.#virtual = null
    if (!grid) return
    const keys = (event: KeyboardEvent): void => {
      this.#onKey(event)
    }
    const clicks = (event: MouseEvent): void => {
      this.#onClick(event)
    }
    grid.addEventListener('keydown', keys)
    grid.addEventListener('click', clicks)
    const virtual = new Virtualizer<HTMLElement, HTMLElement>(this.#options())
    this.#virtual = virtual
    const unmount = virtual._didMount()
    virtual._willUpdate()
    this.#undo.push(unmount, () => {
      grid.removeEventListener('keydown', keys)
      grid.removeEventListener('click', clicks)
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
        const observer = new ResizeObserver(() => {
          tell({width: grid.clientWidth, height: grid.clientHeight - HEAD_HEIGHT})
          this.#draw()
        })
        observer.observe(grid)
        tell({width: grid.clientWidth, height: grid.clientHeight - HEAD_HEIGHT})
        return () => {
          observer.disconnect()
        }
      },
      observeElementOffset: (_instance, tell) => {
        const grid = this.#grid
        if (!grid) return
        const onScroll = (): void => {
          tell(grid.scrollTop * this.#scale.ratio, true)
        }
        const onEnd = (): void => {
          tell(grid.scrollTop * this.#scale.ratio, false)
        }
        grid.addEventListener('scroll', onScroll, {passive: true})
        grid.addEventListener('scrollend', onEnd, {passive: true})
        tell(grid.scrollTop * this.#scale.ratio, false)
        return () => {
          grid.removeEventListener('scroll', onScroll)
          grid.removeEventListener('scrollend', onEnd)
        }
      },
      onChange: () => {
        this.#draw()
      },
    }
  }

  // --- rows -------------------------------------------------------------------------

  #reread(content: GridContent): void {
    const {source, table} = content
    if (this.#columns.length === 0) {
      this.#columns = gridColumns(table, source.columns(table))
      this.#cache = null
    }
    if (this.#cache) this.#cache.forget()
    else this.#cache = new RowCache(source, table, columnsToRead(this.#columns))
    this.#count = source.rowCount(table)
    this.#active = Math.min(this.#active, Math.max(0, this.#count - 1))
    this.#virtual?.setOptions(this.#options())
    this.#virtual?._willUpdate()
  }

  #draw(): void {
    const grid = this.#grid
    const content = this.#content
    if (!grid || !content) return
    const viewport = grid.clientHeight - HEAD_HEIGHT
    this.#scale = scrollScale(this.#count * ROW_HEIGHT, viewport)
    this.#shown = fitting(this.#columns, grid.clientWidth - CELL_PADDING)
    const items = this.#count > 0 ? (this.#virtual?.getVirtualItems() ?? []) : []
    const top = drawnAt(grid.scrollTop, this.#scale.ratio, items[0]?.start ?? 0)
    const tracks = this.#shown
      .map(({least, grow}) => `minmax(${String(least)}px, ${String(grow)}fr)`)
      .join(' ')
    grid.setAttribute('aria-rowcount', String(this.#count + 1))
    const active = `row-${String(this.#active)}`
    const isDrawn = items.some(({index}) => index === this.#active)
    if (isDrawn) grid.setAttribute('aria-activedescendant', active)
    else grid.removeAttribute('aria-activedescendant')
    const height = this.#count > 0 ? this.#scale.height : content.bones * ROW_HEIGHT
    render(
      html`<div class="grid-head" role="rowgroup" ${cssom({'--tracks': tracks})}>
          <div class="grid-row" role="row" aria-rowindex="1">
            ${this.#shown.map(
              ({schema, kind}) =>
                html`<div class="cell ${kind}" role="columnheader">${columnTitle(schema.name)}</div>`,
            )}
          </div>
        </div>
        <div
          class="grid-body"
          role="rowgroup"
          ${cssom({'--tracks': tracks, height: `${String(height)}px`})}
        >
          <div class="grid-layer" role="presentation" ${cssom({transform: `translateY(${String(top)}px)`})}>
            ${this.#count > 0
              ? items.map(({index}) => this.#row(index, content))
              : Array.from({length: content.bones}, () => this.#bone())}
          </div>
        </div>`,
      grid,
    )
  }

  #row(index: number, {format}: GridContent): TemplateResult {
    return html`<div
      id="row-${index}"
      class="grid-row ${index === this.#active ? 'active' : ''}"
      role="row"
      aria-rowindex=${index + 2}
      data-row=${index}
    >
      ${this.#shown.map(
        (column) =>
          html`<div class="cell ${column.kind}" role="gridcell">
            ${cellContent(format, column, (name) => this.#cache?.cell(index, name))}
          </div>`,
      )}
    </div>`
  }

  #bone(): TemplateResult {
    return html`<div class="grid-row" aria-hidden="true">
      ${this.#shown.map(({kind}) => html`<div class="cell ${kind}"><span class="bone"></span></div>`)}
    </div>`
  }

  // --- what the reader does ---------------------------------------------------------

  #onClick(event: MouseEvent): void {
    const row = (event.target as Element).closest<HTMLElement>('[data-row]')
    const content = this.#content
    if (!row || !content) return
    this.#activate(Number(row.dataset['row']))
    this.#open(content.table, this.#active)
  }

  #onKey(event: KeyboardEvent): void {
    const grid = this.#grid
    const content = this.#content
    if (!grid || !content || this.#count === 0 || event.altKey || event.metaKey) return
    const page = Math.max(1, Math.floor((grid.clientHeight - HEAD_HEIGHT) / ROW_HEIGHT) - 1)
    const last = this.#count - 1
    const goes: Record<string, number> = {
      ArrowDown: this.#active + 1,
      ArrowUp: this.#active - 1,
      PageDown: this.#active + page,
      PageUp: this.#active - page,
      Home: 0,
      End: last,
    }
    const target = goes[event.key]
    if (target !== undefined) {
      event.preventDefault()
      this.#activate(Math.min(Math.max(target, 0), last))
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      this.#open(content.table, this.#active)
    }
  }

  #activate(row: number): void {
    const grid = this.#grid
    if (!grid) return
    this.#active = row
    const start = row * ROW_HEIGHT
    grid.scrollTop = scrollTopFor(
      {start, end: start + ROW_HEIGHT},
      grid.scrollTop,
      grid.clientHeight - HEAD_HEIGHT,
      this.#scale.ratio,
    )
    this.#draw()
  }
}
