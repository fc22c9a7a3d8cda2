// Three or four figures above each table. Currencies stand side by side, never added.

import {html, nothing, type TemplateResult} from 'lit'
import type {Figure, TableName} from '../../module/types.js'
import type {View} from './view.js'

const SHOWN_CURRENCIES = 3

/** How many figures a table has, so that their room is kept before they come. */
const expected: Record<TableName, number> = {
  customers: 3,
  invoices: 3,
  payments: 4,
  subscriptions: 4,
}

function value(view: View, figure: Figure): TemplateResult {
  const {format, words} = view
  if (!figure.isMoney) return html`<dd class="figure-value">${format.count(figure.count)}</dd>`
  const [first, ...others] = figure.amounts
  if (!first) return html`<dd class="figure-value">${format.count(0)}</dd>`
  const shown = others.slice(0, SHOWN_CURRENCIES - 1)
  const hidden = others.length - shown.length
  return html`<dd class="figure-value">${format.money(first.minor, first.currency)}</dd>
    ${shown.map(
      (amount) => html`<dd class="figure-more">${format.money(amount.minor, amount.currency)}</dd>`,
    )}
    ${hidden > 0 ? html`<dd class="figure-more">${words.moreCurrencies(format, hidden)}</dd>` : nothing}`
}

export function renderFigures(view: View, table: TableName, figures: readonly Figure[]): TemplateResult {
  if (figures.length === 0) {
    const places = Array.from({length: expected[table]})
    return html`<div class="figures" aria-hidden="true">
      ${places.map(
        () => html`<div class="figure"><span class="bone"></span><span class="bone wide"></span></div>`,
      )}
    </div>`
  }
  return html`<dl class="figures" part="figures">
    ${figures.map(
      (figure) =>
        html`<div class="figure">
          <dt>${view.words.figure(figure.name)}</dt>
          ${value(view, figure)}
        </div>`,
    )}
  </dl>`
}
