// What every part is given: state to show, words to show it with, and the way to
// ask for something. Parts are functions of it; they keep nothing.

import {noChange, nothing, svg, type ElementPart, type SVGTemplateResult} from 'lit'
import {Directive, directive, PartType, type PartInfo} from 'lit/directive.js'
import type {ErrorCode, TableName} from '../../module/types.js'
import type {ExportRequest, ExportStatus} from '../exporter.js'
import type {GridTools} from '../grid-tools.js'
import type {Request, State} from '../state.js'
import type {RowSource} from '../store.js'
import type {Speech} from '../speech.js'
import type {ChartView} from './chart-view.js'

export interface View extends Speech {
  readonly state: State
  send(request: Request): void
  /** "Questions?": the host may open its chat. */
  askForHelp(about: ErrorCode | null): void
  /** Copies and says so to those who cannot see it. */
  copy(text: string): void
  /** The last thing that was copied, for a moment. */
  readonly copied: string | null
  /** The connected account's rows. */
  readonly source: RowSource | null
  readonly tools: GridTools
  /** Names of the columns in view. */
  readonly gridColumns: readonly string[]
  readonly charts: ChartView
  readonly exported: ExportStatus
  startExport(request: ExportRequest): void
  cancelExport(): void
  /** The object's page in the Dashboard. */
  dashboardUrl(table: TableName, id: string): string
}

class Properties extends Directive {
  constructor(part: PartInfo) {
    super(part)
    if (part.type !== PartType.ELEMENT) throw new Error('cssom() stands on an element')
  }

  override render(_properties: Readonly<Record<string, string>>): typeof nothing {
    return nothing
  }

  override update(
    part: ElementPart,
    [properties]: [Readonly<Record<string, string>>],
  ): typeof noChange {
    const {style} = part.element as HTMLElement
    for (const [name, value] of Object.entries(properties)) {
      if (style.getPropertyValue(name) !== value) style.setProperty(name, value)
    }
    return noChange
  }
}

/** Custom properties by CSSOM: a style attribute would be refused by a strict CSP. */
export const cssom = directive(Properties)

const paths = {
  check: svg`<path d="M4 8.5 7 11.5 12.5 5"/>`,
  cross: svg`<path d="M4.5 4.5l7 7m0-7l-7 7"/>`,
  warn: svg`<path d="M8 2.2 14.5 13.5h-13z"/><path d="M8 6.6v3.2m0 1.8v.1"/>`,
  dots: svg`<path d="M3.5 8h.01M8 8h.01M12.5 8h.01"/>`,
  dash: svg`<path d="M4 8h8"/>`,
  out: svg`<path d="M6.5 3.5H3.5v9h9v-3M9 3.5h3.5V7M12.5 3.5 7.5 8.5"/>`,
  chevron: svg`<path d="M6 3.5 10.5 8 6 12.5"/>`,
  copy: svg`<path d="M6 6h7v7H6z"/><path d="M10 6V3H3v7h3"/>`,
  lock: svg`<path d="M4 7.5h8v6H4z"/><path d="M5.8 7.5V5.2a2.2 2.2 0 0 1 4.4 0v2.3"/>`,
  eye: svg`<path d="M1.5 8S4 3.8 8 3.8 14.5 8 14.5 8 12 12.2 8 12.2 1.5 8 1.5 8z"/><circle cx="8" cy="8" r="1.8"/>`,
  half: svg`<circle cx="8" cy="8" r="5.2"/><path d="M8 5.2V8l1.8 1.4"/>`,
  clock: svg`<circle cx="8" cy="8" r="5.8"/><path d="M8 4.8V8l2.2 1.6"/>`,
  up: svg`<path d="M8 13V3.5M4 7.5l4-4 4 4"/>`,
  down: svg`<path d="M8 3v9.5M4 8.5l4 4 4-4"/>`,
  search: svg`<circle cx="7" cy="7" r="4.2"/><path d="m10.2 10.2 3.6 3.6"/>`,
  filter: svg`<path d="M2.5 4h11M4.5 8h7M6.5 12h3"/>`,
  columns: svg`<path d="M2.5 3h11v10h-11zM6.2 3v10m3.6-10v10"/>`,
  save: svg`<path d="M8 2.5v7.5M4.8 7 8 10.2 11.2 7M3 13.5h10"/>`,
  pin: svg`<path d="M5.5 2.5h5l-.8 4 2.3 2.5H4l2.3-2.5zM8 9v4.5"/>`,
  pause: svg`<path d="M5.5 4v8m5-8v8"/>`,
} as const

export type IconName = keyof typeof paths

/** A 16 px line drawing in the colour of the text; says nothing to a screen reader. */
export function icon(name: IconName): SVGTemplateResult {
  return svg`<svg class="icon icon-${name}" viewBox="0 0 16 16" aria-hidden="true" focusable="false">${paths[name]}</svg>`
}
