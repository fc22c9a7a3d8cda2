// From the module's figures to what is drawn and what stands in the table under it.
// No DOM, no library.

import type {ChartName, Figure, TableName} from '../module/types.js'
import {decimalOf, type Format} from './format.js'

export type ChartKind = 'revenue' | 'customers' | 'invoices'
export type Period = 'week' | 'month'

export const chartOf: Partial<Record<TableName, ChartKind>> = {
  payments: 'revenue',
  customers: 'customers',
  invoices: 'invoices',
}

export function chartName(kind: ChartKind, period: Period): ChartName {
  return kind === 'invoices' ? 'invoices_by_age' : `${kind}_by_${period}`
}

export interface ChartSeries {
  /** A figure's name, for its words. */
  readonly name: string
  /** One for each label, in units; lost customers go down. */
  readonly values: readonly number[]
  readonly texts: readonly string[]
}

export interface ChartRow {
  /** A period's beginning, or a figure's name. */
  readonly head: {readonly from: number} | {readonly name: string}
  readonly cells: readonly string[]
}

export interface ChartData {
  /** The currencies there are, the most used first; none for counts. */
  readonly currencies: readonly string[]
  /** The one drawn. */
  readonly currency: string
  readonly points: readonly ChartRow['head'][]
  readonly series: readonly ChartSeries[]
  /** Every currency, in its own column. */
  readonly rows: readonly ChartRow[]
}

/** What is paid would be so tall that nothing else is seen, and what is void is nobody's. */
const undrawn = new Set(['invoices_paid', 'invoices_void'])

function currenciesOf(figures: readonly Figure[]): readonly string[] {
  const used = new Map<string, number>()
  for (const {currency, count} of figures.flatMap(({amounts}) => amounts)) {
    used.set(currency, (used.get(currency) ?? 0) + count)
  }
  return [...used].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([currency]) => currency)
}

const minorOf = ({amounts}: Figure, currency: string): number =>
  amounts.find((amount) => amount.currency === currency)?.minor ?? 0

function moneyChart(
  figures: readonly Figure[],
  wanted: string,
  format: Format,
  digitsOf: (currency: string) => number,
): ChartData {
  const currencies = currenciesOf(figures)
  const currency = currencies.includes(wanted) ? wanted : (currencies[0] ?? '')
  const head = ({name, from}: Figure): ChartRow['head'] => (from === 0 ? {name} : {from})
  const drawn = currency === '' ? [] : figures.filter(({name}) => !undrawn.has(name))
  const minors = drawn.map((figure) => minorOf(figure, currency))
  return {
    currencies,
    currency,
    points: drawn.map(head),
    series: [
      {
        name: drawn[0]?.name ?? '',
        values: minors.map((minor) => Number(decimalOf(minor, digitsOf(currency)))),
        texts: minors.map((minor) => format.money(minor, currency)),
      },
    ],
    rows: figures.map((figure) => ({
      head: head(figure),
      cells: currencies.map((one) => format.money(minorOf(figure, one), one)),
    })),
  }
}

function countChart(figures: readonly Figure[], format: Format): ChartData {
  const names = ['customers_new', 'customers_lost']
  const byName = names.map((name) => figures.filter((figure) => figure.name === name))
  const heads = (byName[0] ?? []).map(({from}) => ({from}))
  return {
    currencies: [],
    currency: '',
    points: heads,
    series: byName.map((counts, index) => ({
      name: names[index] ?? '',
      values: counts.map(({count}) => (index === 0 ? count : -count)),
      texts: counts.map(({count}) => format.count(count)),
    })),
    rows: heads.map((head, place) => ({
      head,
      cells: byName.map((counts) => format.count(counts[place]?.count ?? 0)),
    })),
  }
}

/** The latest `most` periods, oldest first; invoices are no periods and stand as they come. */
export function chartData(
  kind: ChartKind,
  figures: readonly Figure[],
  currency: string,
  most: number,
  format: Format,
  digitsOf: (currency: string) => number,
): ChartData {
  if (kind === 'invoices') return moneyChart(figures, currency, format, digitsOf)
  const periods = [...new Set(figures.map(({from}) => from))].slice(0, most)
  const latest = figures.filter(({from}) => periods.includes(from)).reverse()
  return kind === 'revenue' ? moneyChart(latest, currency, format, digitsOf) : countChart(latest, format)
}
