// Keeps the drawing of the chart in step with its data, and what was chosen for it.
// Draws itself, outside the page's rendering; the drawing library comes with the first.

import type {TableName} from '../../module/types.js'
import {chartData, chartName, chartOf, type ChartData, type Period} from '../chart-data.js'
import type {Speech} from '../speech.js'
import type {Connection} from '../state.js'
import type {RowSource} from '../store.js'
import {nextTurn} from '../turns.js'
import type {Plot, PlotLook} from './chart-plot.js'
import {headText, type ChartContent} from './charts.js'

/** Charts are arithmetic over whole tables: while rows come, no more often than this. */
const EVERY_MS = 2000
const MOST: Record<Period, number> = {week: 26, month: 24}
const PERIOD_WIDTH = 24

interface Chosen {
  readonly period: Period
  readonly currency: string
}

export interface ChartParts {
  readonly speech: () => Speech
  readonly now: () => number
  readonly changed: () => void
  readonly connection: () => Connection | null
  readonly source: () => RowSource | null
}

export class ChartView {
  readonly #parts: ChartParts
  readonly #chosen = new Map<TableName, Chosen>()
  readonly #made = new Map<TableName, {readonly key: string; readonly content: ChartContent}>()
  #isOpen = true
  #failed = false
  #box: HTMLElement | null = null
  /** Of the box, as the browser last told. */
  #width = Infinity
  readonly #sizes = new ResizeObserver(([entry]) => {
    const width = entry?.contentRect.width ?? Infinity
    if (width === this.#width) return
    this.#width = width
    this.#parts.changed()
  })
  #data: ChartData | null = null
  #plot: Plot | null = null
  /** What the plot was made for; other values of it are only shown. */
  #plotOf: readonly unknown[] = []
  #turn = 0
  readonly #scheme = matchMedia('(prefers-color-scheme: dark)')
  readonly #onScheme = (): void => {
    this.#redraw()
  }

  constructor(parts: ChartParts) {
    this.#parts = parts
  }

  get isOpen(): boolean {
    return this.#isOpen
  }

  /** The library could not be loaded. */
  get failed(): boolean {
    return this.#failed
  }

  open(isOpen: boolean): void {
    if (isOpen === this.#isOpen) return
    this.#isOpen = isOpen
    this.#parts.changed()
  }

  choose(table: TableName, change: Partial<Chosen>): void {
    this.#chosen.set(table, {...this.#of(table), ...change})
    this.#parts.changed()
  }

  /** Another account. */
  forget(isOpen: boolean): void {
    this.#made.clear()
    this.#chosen.clear()
    this.#isOpen = isOpen
  }

  content(table: TableName): ChartContent | null {
    const kind = chartOf[table]
    const source = this.#parts.source()
    const connection = this.#parts.connection()
    if (!kind || !source || !connection) return null
    const {period, currency} = this.#of(table)
    const {format} = this.#parts.speech()
    const most = Math.min(MOST[period], Math.floor(this.#width / PERIOD_WIDTH))
    const key = [this.#stamp(connection), format.locale, period, currency, most].join()
    const known = this.#made.get(table)
    if (known?.key === key) return known.content
    const data = chartData(kind, source.chart(chartName(kind, period)), currency, most, format, (one) =>
      source.minorUnitDigits(one),
    )
    const content = {kind, period, data}
    this.#made.set(table, {key, content})
    return content
  }

  /** Called after each drawing of the page; `box` is null when there is no chart. */
  update(box: HTMLElement | null, table: TableName): void {
    if (box !== this.#box) {
      this.detach()
      this.#box = box
      if (box) {
        this.#scheme.addEventListener('change', this.#onScheme)
        this.#sizes.observe(box)
      }
    }
    const content = this.#width === Infinity ? null : this.content(table)
    if (!content || content.data === this.#data) return
    this.#data = content.data
    void this.#draw(content)
  }

  detach(): void {
    if (!this.#box) return
    this.#turn++
    this.#scheme.removeEventListener('change', this.#onScheme)
    this.#destroy()
    this.#sizes.disconnect()
    this.#box = null
    this.#width = Infinity
    this.#data = null
  }

  #of(table: TableName): Chosen {
    return this.#chosen.get(table) ?? {period: 'month', currency: ''}
  }

  #stamp({pull, tables}: Connection): string {
    if (pull && !pull.settled) return String(Math.floor(this.#parts.now() / EVERY_MS))
    return Object.values(tables)
      .map(({revision}) => revision)
      .join(' ')
  }

  #redraw(): void {
    this.#destroy()
    this.#data = null
    this.#parts.changed()
  }

  async #draw({data, period, kind}: ChartContent): Promise<void> {
    const turn = ++this.#turn
    let make: typeof Plot
    try {
      make = (await import('./chart-plot.js')).Plot
      // The library's first turn is long enough without a picture.
      if (!this.#plot) await nextTurn()
    } catch {
      this.#failed = true
      return this.#parts.changed()
    }
    const box = this.#box
    if (turn !== this.#turn || !box) return
    const speech = this.#parts.speech()
    const {format, words} = speech
    const of = [kind, speech, data.series.map(({name}) => name).join()]
    const labels = data.points.map((point) => headText(speech, point, period))
    const readout = box.closest('.chart')?.querySelector('.chart-readout') ?? null
    const shown = {
      labels,
      series: data.series,
      value: (value: number) =>
        kind === 'customers' ? format.count(Math.abs(value)) : format.amount(value, data.currency),
      pointed: (index: number | null) => {
        if (!readout) return
        const label = index === null ? undefined : labels[index]
        readout.textContent =
          index === null || label === undefined
            ? ''
            : `${label}: ${data.series.map(({name, texts}) => (data.series.length > 1 ? `${words.chartSeries(name)} ${texts[index] ?? ''}` : (texts[index] ?? ''))).join(', ')}`
      },
    }
    if (this.#plot && data.points.length > 0 && of.every((one, index) => one === this.#plotOf[index])) {
      return this.#plot.show(shown)
    }
    this.#destroy()
    if (data.points.length === 0) return
    this.#plot = new make(box, this.#look(box, data.series.length), shown)
    this.#plotOf = of
  }

  #destroy(): void {
    this.#plot?.destroy()
    this.#plot = null
  }

  #look(box: HTMLElement, series: number): PlotLook {
    const {fontFamily, direction} = getComputedStyle(box)
    return {
      colors: Array.from({length: series}, (_, index) => this.#color(box, `--chart-${String(index + 1)}`)),
      ink: this.#color(box, '--quiet'),
      line: this.#color(box, '--line'),
      font: `12px ${fontFamily}`,
      rightToLeft: direction === 'rtl',
    }
  }

  /** A custom property as a colour that a canvas understands. */
  #color(box: HTMLElement, property: string): string {
    const probe = document.createElement('span')
    probe.style.color = `var(${property})`
    box.append(probe)
    const {color} = getComputedStyle(probe)
    probe.remove()
    return color
  }
}
