// The words of filters, columns, export and charts: a part of `strings`, from where
// they are read.

import type {Format} from './format.js'
import {counted, spelledOut, tableWords} from './strings.js'
import type {ExportFormat, TableName} from '../module/types.js'

const chartWords: Record<string, string> = {
  revenue: 'Revenue',
  customers_new: 'New customers',
  customers_lost: 'Lost customers',
  invoices_not_due: 'Not due yet',
  invoices_late_30: '1\u201330 days late',
  invoices_late_60: '31\u201360 days late',
  invoices_late_90: '61\u201390 days late',
  invoices_late_more: 'Over 90 days late',
  invoices_draft: 'Draft',
  invoices_uncollectible: 'Uncollectible',
  invoices_paid: 'Paid',
  invoices_void: 'Void',
}

const formatWords: Record<ExportFormat, {title: string; hint: string}> = {
  csv: {title: 'CSV', hint: 'For Excel, Numbers and Google Sheets'},
  json_lines: {title: 'JSON Lines', hint: 'For programs: one object a line'},
  arrow: {title: 'Arrow', hint: 'For data tools: pandas, DuckDB, Polars'},
}

export const dataStrings = {
  search: (table: TableName): string => `Search ${tableWords[table].lower}`,
  filter: 'Filter',
  filters: (format: Format, count: number): string =>
    counted(format, count, {one: '# filter', other: '# filters'}),
  filterStatus: 'Status',
  filterDelinquent: 'Behind on payment',
  filterFrom: 'Created from',
  filterTo: 'Created until',
  filterLow: 'Amount from',
  filterHigh: 'Amount to',
  filterCurrency: 'Currency',
  anyCurrency: 'Any',
  clearFilters: 'Clear the filters',
  shown: (format: Format, count: number, total: number): string =>
    `${format.count(count)} of ${format.count(total)} shown`,
  noMatch: (table: TableName): string => `No ${tableWords[table].lower} match`,
  noMatchWhy: 'Nothing here fits everything you asked for. Clear the filters to see all of it.',

  columns: 'Columns',
  columnsHint: 'On a column\u2019s name, Enter sorts and Shift with an arrow key changes its width.',
  columnsReset: 'As at first',
  pin: 'Pin',
  pinColumn: (column: string): string => `Pin ${column}`,
  resize: (column: string): string => `Width of ${column}`,

  export: 'Export',
  exportTitle: (table: TableName): string => `Export ${tableWords[table].lower}`,
  exportFormat: (format: ExportFormat): string => formatWords[format].title,
  exportFormatHint: (format: ExportFormat): string => formatWords[format].hint,
  exportRows: 'Which rows',
  exportShown: (format: Format, count: number): string =>
    `What is shown: ${counted(format, count, {one: '# row', other: '# rows'})}, the columns you see`,
  exportAll: (format: Format, count: number): string =>
    `Everything: ${counted(format, count, {one: '# row', other: '# rows'})}, every column`,
  exportStart: 'Save the file',
  exporting: (format: Format, done: number, total: number): string =>
    `${format.count(done)} of ${format.count(total)} rows written`,
  exported: (name: string): string => `${name} is in your downloads`,
  exportFailed: 'The file could not be made. Try again, or choose another format.',
  exportPartial: 'Not everything was read yet; the file will hold what is here now.',

  openInStripe: 'Open in Stripe',

  chartTitle: (chart: string): string =>
    chart === 'revenue' ? 'Revenue' : chart === 'customers' ? 'New and lost customers' : 'Invoices by state and age',
  chartHint: (chart: string): string =>
    chart === 'revenue'
      ? 'Payments that succeeded, less refunds, by the day they were made (UTC).'
      : chart === 'customers'
        ? 'New by the day they were created; lost when their last subscription ended (UTC).'
        : 'What is still to pay, by how long it is past due. Paid and void are in the table below.',
  chartWeek: 'By week',
  chartMonth: 'By month',
  chartPeriod: 'Week or month',
  chartCurrency: 'Currency',
  chartTable: 'Show the figures',
  chartEmpty: 'Nothing to draw yet',
  chartFailed: 'The picture could not be loaded. The figures are below.',
  chartSeries: (name: string): string => chartWords[name] ?? spelledOut(name),
  chartWhen: 'Beginning',
} as const
