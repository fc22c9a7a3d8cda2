// Everything that is known of one row, with its Stripe id to copy.

import {html, nothing, type TemplateResult} from 'lit'
import type {Cell, ColumnSchema, TableName} from '../../module/types.js'
import type {RowSource} from '../store.js'
import {cellText} from './columns.js'
import {link} from './notice.js'
import {icon, type View} from './view.js'

export interface OpenRow {
  readonly table: TableName
  readonly values: readonly {readonly schema: ColumnSchema; readonly cell: Cell; readonly currency: Cell}[]
}

export function readRow(source: RowSource, table: TableName, row: number): OpenRow {
  const {columns: schema} = source.table(table)
  const names = schema.map(({name}) => name)
  const {columns} = source.table(table).rows(names, row, 1)
  const cellOf = (name: string): Cell => {
    const place = schema.findIndex((column) => column.name === name)
    return columns[place]?.[0] ?? null
  }
  return {
    table,
    values: schema.map((column) => ({
      schema: column,
      cell: cellOf(column.name),
      currency: column.currencyColumn === '' ? null : cellOf(column.currencyColumn),
    })),
  }
}

function text(view: View, {schema, cell, currency}: OpenRow['values'][number]): string {
  const {words, format} = view
  if (schema.type === 'timestamp' && typeof cell === 'number') return format.moment(cell)
  if (schema.name === 'status' && typeof cell === 'string') return words.statusWord(cell)
  if (schema.name === 'currency' && typeof cell === 'string') return cell.toUpperCase()
  return cellText(view, schema, cell, currency)
}

export function renderRowDetail(view: View, row: OpenRow, close: () => void): TemplateResult {
  const {words} = view
  const id = row.values.find(({schema}) => schema.name === 'id')?.cell
  const known = row.values.filter(({schema, cell}) => schema.name !== 'id' && cell !== null && cell !== '')
  return html`<dialog class="detail" part="detail" aria-labelledby="detail-title" @close=${close}>
    <div class="detail-head">
      <h4 id="detail-title">${words.rowOf(row.table)}</h4>
      <button
        type="button"
        class="small plain"
        @click=${close}
      >
        ${words.close}
      </button>
    </div>
    ${typeof id === 'string'
      ? html`<p class="detail-id">
          <code>${id}</code>
          <button
            type="button"
            class="text"
            @click=${() => {
              view.copy(id)
            }}
          >
            ${icon('copy')}${view.copied === id ? words.copied : words.copyId}
          </button>
          ${link(words.openInStripe, view.dashboardUrl(row.table, id), 'text', words)}
        </p>`
      : nothing}
    <dl class="detail-list">
      ${known.map(
        (value) =>
          html`<div>
            <dt>${words.columnTitle(value.schema.name)}</dt>
            <dd class=${value.schema.type === 'money' ? 'figure-cell' : ''}>${text(view, value)}</dd>
          </div>`,
      )}
    </dl>
  </dialog>`
}
