// The picture above a table, with its figures under it as a table for those who do
// not look at pictures.

import {html, nothing, type TemplateResult} from 'lit'
import type {TableName} from '../../module/types.js'
import {chartOf, type ChartData, type ChartKind, type ChartRow, type Period} from '../chart-data.js'
import type {Speech} from '../speech.js'
import type {View} from './view.js'
import {icon} from './view.js'

const periods: readonly Period[] = ['week', 'month']

export interface ChartContent {
  readonly kind: ChartKind
  readonly period: Period
  readonly data: ChartData
}

export function headText({words, format}: Speech, head: ChartRow['head'], period: Period): string {
  return 'from' in head ? format.period(head.from, period) : words.chartSeries(head.name)
}

function select(
  label: string,
  value: string,
  options: readonly {readonly value: string; readonly title: string}[],
  change: (value: string) => void,
): TemplateResult {
  return html`<label class="chart-select"
    ><span class="hidden">${label}</span
    ><select
      @change=${(event: Event) => {
        change((event.target as HTMLSelectElement).value)
      }}
    >
      ${options.map((one) => html`<option value=${one.value} ?selected=${one.value === value}>${one.title}</option>`)}
    </select></label
  >`
}

function figures(view: View, {kind, period, data}: ChartContent): TemplateResult {
  const {words} = view
  const columns =
    kind === 'customers'
      ? data.series.map(({name}) => words.chartSeries(name))
      : data.currencies.map((currency) => currency.toUpperCase())
  // The latest first, as in the grid.
  const rows = kind === 'invoices' ? data.rows : [...data.rows].reverse()
  return html`<details class="fold chart-figures">
    <summary>${icon('chevron')}${words.chartTable}</summary>
    <div class="chart-table" tabindex="0" role="region" aria-label=${words.chartTitle(kind)}>
      <table>
        <thead>
          <tr>
            <th scope="col">${kind === 'invoices' ? words.filterStatus : words.chartWhen}</th>
            ${columns.map((column) => html`<th scope="col">${column}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            ({head, cells}) =>
              html`<tr>
                <th scope="row">${headText(view, head, period)}</th>
                ${cells.map((cell) => html`<td>${cell}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </details>`
}

export function renderChart(view: View, table: TableName): unknown {
  const {words, charts} = view
  const kind = chartOf[table]
  if (!kind) return nothing
  const content = charts.isOpen ? charts.content(table) : null
  const data = content?.data
  return html`<details
    class="fold chart"
    part="chart"
    ?open=${charts.isOpen}
    @toggle=${(event: Event) => {
      charts.open((event.currentTarget as HTMLDetailsElement).open)
    }}
  >
    <summary>${icon('chevron')}${words.chartTitle(kind)}</summary>
    ${content && data
      ? html`<div class="chart-head">
            <p class="quiet">${words.chartHint(kind)}</p>
            ${data.currencies.length > 1
              ? select(
                  words.chartCurrency,
                  data.currency,
                  data.currencies.map((value) => ({value, title: value.toUpperCase()})),
                  (currency) => {
                    charts.choose(table, {currency})
                  },
                )
              : nothing}
            ${kind === 'invoices'
              ? nothing
              : select(
                  words.chartPeriod,
                  content.period,
                  periods.map((value) => ({value, title: value === 'week' ? words.chartWeek : words.chartMonth})),
                  (period) => {
                    charts.choose(table, {period: period === 'week' ? 'week' : 'month'})
                  },
                )}
          </div>
          <p class="chart-readout" aria-hidden="true"></p>
          <div class="chart-box ${kind}">
            <div class="chart-plot" role="img" aria-label=${words.chartTitle(kind)}></div>
            ${data.points.length === 0 ? html`<p class="chart-note quiet">${words.chartEmpty}</p>` : nothing}
            ${charts.failed ? html`<p class="chart-note quiet">${words.chartFailed}</p>` : nothing}
          </div>
          ${kind === 'customers'
            ? html`<ul class="chart-legend">
                ${data.series.map(({name}, index) => html`<li class="ink-${index}">${words.chartSeries(name)}</li>`)}
              </ul>`
            : nothing}
          ${figures(view, content)}`
      : nothing}
  </details>`
}
