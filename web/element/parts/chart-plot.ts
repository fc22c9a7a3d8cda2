// The drawing itself, by uPlot: a chunk of its own, loaded with the first chart.
// uPlot places its parts through CSSOM, which a strict CSP allows.

import uPlot from 'uplot'
import type {ChartSeries} from '../chart-data.js'

/** How it is drawn, whatever it shows. */
export interface PlotLook {
  readonly colors: readonly string[]
  readonly ink: string
  readonly line: string
  readonly font: string
  readonly rightToLeft: boolean
}

export interface PlotContent {
  readonly labels: readonly string[]
  readonly series: readonly ChartSeries[]
  /** Axis labels of values. */
  readonly value: (value: number) => string
  /** The point under the pointer, or null. */
  readonly pointed: (index: number | null) => void
}

const LABEL_WIDTH = 76
/** For words: "Over 90 days late". */
const WORDS_WIDTH = 106
const LETTER = 6.4
const AXIS_WIDTH = 64

const dataOf = ({labels, series}: PlotContent): uPlot.AlignedData => [
  labels.map((_, index) => index),
  ...series.map(({values}) => [...values]),
]

/** Width of the longest label, and whether labels are words, which stand aslant where they are tight. */
function labelsOf({labels}: PlotContent): {readonly words: boolean; readonly tall: number} {
  const longest = Math.max(...labels.map(({length}) => length))
  return {words: longest > 12, tall: (longest * LETTER + 14) * Math.SQRT1_2 + 10}
}

export class Plot {
  readonly #plot: uPlot
  readonly #box: HTMLElement
  readonly #observer: ResizeObserver
  #content: PlotContent

  constructor(box: HTMLElement, look: PlotLook, content: PlotContent) {
    this.#box = box
    this.#content = content
    this.#plot = new uPlot(this.#options(look, content), dataOf(content), box)
    this.#observer = new ResizeObserver(() => {
      this.#plot.setSize(this.#size())
    })
    this.#observer.observe(box)
  }

  /** Other values of the series that it was made with. */
  show(content: PlotContent): void {
    this.#content = content
    this.#plot.setData(dataOf(content))
  }

  destroy(): void {
    this.#observer.disconnect()
    this.#plot.destroy()
  }

  #size(): {width: number; height: number} {
    return {width: Math.max(this.#box.clientWidth, 120), height: this.#box.clientHeight}
  }

  // What is asked while drawing reads the content of that moment.
  #options({colors, ink, line, font, rightToLeft}: PlotLook, content: PlotContent): uPlot.Options {
    const {series} = content
    const {words, tall} = labelsOf(content)
    const bars = uPlot.paths.bars?.({size: [0.7, 48], radius: 0.12})
    const shared = {stroke: ink, font, grid: {stroke: line, width: 1}, ticks: {show: false}}
    const isTight = (plot: uPlot): boolean =>
      words && (plot.width - AXIS_WIDTH) / this.#content.labels.length < WORDS_WIDTH
    return {
      ...this.#size(),
      padding: [12, words ? 8 : LABEL_WIDTH / 3, 0, 8],
      legend: {show: false},
      cursor: {y: false, drag: {x: false, y: false}, points: {show: false}},
      scales: {
        x: {time: false, range: () => [-0.5, this.#content.labels.length - 0.5], dir: rightToLeft ? -1 : 1},
        y: {range: (_plot, low, high) => (low === 0 && high === 0 ? [0, 1] : uPlot.rangeNum(Math.min(low, 0), Math.max(high, 0), 0.1, true))},
      },
      axes: [
        {
          ...shared,
          grid: {show: false},
          gap: 8,
          size: (plot) => (isTight(plot) ? tall : 32),
          rotate: (plot) => (isTight(plot) ? (rightToLeft ? -45 : 45) : 0),
          // As many as have room, the latest always.
          splits: (plot) => {
            const {labels} = this.#content
            const every = isTight(plot) ? 1 : Math.max(1, Math.ceil((labels.length * LABEL_WIDTH) / (plot.width - AXIS_WIDTH)))
            return labels.map((_, index) => index).filter((index) => (labels.length - 1 - index) % every === 0)
          },
          values: (_plot, splits) => splits.map((index) => this.#content.labels[index] ?? ''),
        },
        {
          ...shared,
          side: rightToLeft ? 1 : 3,
          size: AXIS_WIDTH,
          values: (_plot, splits) => splits.map((split) => this.#content.value(split)),
        },
      ],
      series: [
        {},
        ...series.map(({name}, index) => ({
          label: name,
          fill: colors[index] ?? ink,
          stroke: colors[index] ?? ink,
          width: 0,
          points: {show: false},
          ...(bars ? {paths: bars} : {}),
        })),
      ],
      hooks: {
        setCursor: [
          (plot) => {
            this.#content.pointed(plot.cursor.idx ?? null)
          },
        ],
      },
    }
  }
}
