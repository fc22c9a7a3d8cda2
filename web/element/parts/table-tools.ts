// Above the grid: search, filters, columns, export. What was chosen is in GridTools.

import {html, nothing, type TemplateResult} from 'lit'
import type {ExportFormat, TableName} from '../../module/types.js'
import {filterColumns, filterCount, isFiltered} from '../grid-tools.js'
import type {Connection} from '../state.js'
import {cssom, icon, type View} from './view.js'

const formats: readonly ExportFormat[] = ['csv', 'json_lines', 'arrow']

const valueOf = (event: Event): string => (event.target as HTMLInputElement | HTMLSelectElement).value

/** A press elsewhere closes what is open; a button that went away under the focus does not. */
export function closeMenus(event: Event): void {
  const pressed = event.target as Element
  for (const open of (event.currentTarget as Element).querySelectorAll<HTMLDetailsElement>('.menu[open]')) {
    if (!open.contains(pressed)) open.open = false
  }
}

/** A button with a panel that closes by Escape and when the focus goes elsewhere. */
function menu(label: TemplateResult, name: string, panel: TemplateResult): TemplateResult {
  return html`<details
    class="menu"
    @keydown=${(event: KeyboardEvent) => {
      const details = event.currentTarget as HTMLDetailsElement
      if (event.key !== 'Escape' || !details.open) return
      event.stopPropagation()
      details.open = false
      details.querySelector('summary')?.focus()
    }}
    @focusout=${(event: FocusEvent) => {
      const details = event.currentTarget as HTMLDetailsElement
      const to = event.relatedTarget as Node | null
      if (to !== null && !details.contains(to)) details.open = false
    }}
  >
    <summary class="plain small">${label}</summary>
    <div class="menu-panel" tabindex="-1" role="group" aria-label=${name}>${panel}</div>
  </details>`
}

function statusChips(view: View, table: TableName): TemplateResult {
  const {words, tools, source} = view
  const {status} = filterColumns[table]
  const {statuses} = tools.of(table).filter
  const values = status === 'delinquent' ? ['true'] : (source?.table(table).values(status) ?? [])
  return html`<fieldset class="filter-group">
    <legend>${words.filterStatus}</legend>
    <div class="chips">
      ${values.map(
        (value) =>
          html`<label class="chip"
            ><input
              type="checkbox"
              .checked=${statuses.includes(value)}
              @change=${() => {
                const left = statuses.filter((one) => one !== value)
                tools.filter(table, {statuses: left.length < statuses.length ? left : [...statuses, value]})
              }}
            />${status === 'delinquent' ? words.filterDelinquent : words.statusWord(value)}</label
          >`,
      )}
    </div>
  </fieldset>`
}

function field(
  label: string,
  type: 'date' | 'number',
  value: string,
  change: (value: string) => void,
): TemplateResult {
  return html`<label class="field-small"
    ><span>${label}</span
    ><input
      type=${type}
      step=${type === 'number' ? 'any' : nothing}
      .value=${value}
      @change=${(event: Event) => {
        change(valueOf(event))
      }}
  /></label>`
}

function amounts(view: View, table: TableName): TemplateResult {
  const {words, tools, source} = view
  const {low, high, currency} = tools.of(table).filter
  const currencies = source?.table(table).values('currency') ?? []
  const set = (change: {low?: string; high?: string}): void => {
    // An amount means nothing without its currency.
    tools.filter(table, {...change, currency: currency === '' ? (currencies[0] ?? '') : currency})
  }
  return html`<div class="filter-group filter-amounts">
    ${field(words.filterLow, 'number', low, (value) => {
      set({low: value})
    })}
    ${field(words.filterHigh, 'number', high, (value) => {
      set({high: value})
    })}
    <label class="field-small"
      ><span>${words.filterCurrency}</span
      ><select
        .value=${currency}
        @change=${(event: Event) => {
          tools.filter(table, {currency: valueOf(event)})
        }}
      >
        <option value="" ?selected=${currency === ''}>${words.anyCurrency}</option>
        ${currencies.map(
          (code) => html`<option value=${code} ?selected=${code === currency}>${code.toUpperCase()}</option>`,
        )}
      </select></label
    >
  </div>`
}

function filterButton({words, tools, format}: View, table: TableName): TemplateResult {
  const count = filterCount(tools.of(table).filter)
  return html`<button
    type="button"
    class="plain small"
    aria-expanded=${tools.isFiltersOpen ? 'true' : 'false'}
    aria-controls="filter-panel"
    @click=${() => {
      tools.toggleFilters()
    }}
  >
    ${icon('filter')}${count > 0 ? words.filters(format, count) : words.filter}
  </button>`
}

function filterPanel(view: View, table: TableName): TemplateResult {
  const {words, tools} = view
  const {filter} = tools.of(table)
  if (!tools.isFiltersOpen) return html`<div id="filter-panel" hidden></div>`
  return html`<div id="filter-panel" class="filter-panel">
    ${statusChips(view, table)}
    <div class="filter-group">
      ${field(words.filterFrom, 'date', filter.from, (from) => {
        tools.filter(table, {from})
      })}
      ${field(words.filterTo, 'date', filter.to, (to) => {
        tools.filter(table, {to})
      })}
    </div>
    ${amounts(view, table)}
  </div>`
}

function columnsMenu(view: View, table: TableName): TemplateResult {
  const {words, tools, source, gridColumns} = view
  const {pinned, columns} = tools.of(table)
  const names = source?.table(table).columns.map(({name}) => name) ?? []
  return menu(
    html`${icon('columns')}${words.columns}`,
    words.columns,
    html`<ul class="column-list">
        ${names.map((name) => {
          const shown = gridColumns.includes(name)
          const title = words.columnTitle(name)
          const isPinned = pinned.includes(name)
          return html`<li>
            <label class="check"
              ><input
                type="checkbox"
                .checked=${shown}
                @change=${() => {
                  tools.toggleColumn(table, name, gridColumns)
                }}
              />${title}</label
            >
            ${shown
              ? html`<button
                  type="button"
                  class="text"
                  aria-pressed=${isPinned ? 'true' : 'false'}
                  aria-label=${words.pinColumn(title)}
                  @click=${() => {
                    tools.togglePin(table, name, gridColumns)
                  }}
                >
                  ${icon('pin')}${words.pin}
                </button>`
              : nothing}
          </li>`
        })}
      </ul>
      <p class="menu-note quiet">${words.columnsHint}</p>
      <button
        type="button"
        class="plain small"
        ?disabled=${columns === null}
        @click=${() => {
          tools.resetColumns(table)
        }}
      >
        ${words.columnsReset}
      </button>`,
  )
}

function choice(name: string, value: string, title: string, hint: string, checked: boolean): TemplateResult {
  return html`<label class="choice"
    ><input type="radio" name=${name} value=${value} .defaultChecked=${checked} /><span
      >${title}${hint === '' ? nothing : html`<span class="quiet">${hint}</span>`}</span
    ></label
  >`
}

function exportStatus(view: View): unknown {
  const {words, format, exported} = view
  switch (exported.state) {
    case 'idle':
      return nothing
    case 'running':
      return html`<div class="bar">
          <span
            ${cssom({'--share': String(exported.total > 0 ? exported.done / exported.total : 0)})}
          ></span>
        </div>
        <p class="quiet">${words.exporting(format, exported.done, exported.total)}</p>`
    case 'done':
      return html`<p class="export-done">${icon('check')}${words.exported(exported.name)}</p>`
    case 'failed':
      return html`<p class="export-failed">${icon('warn')}${words.exportFailed}</p>`
  }
}

function exportMenu(view: View, {tables, key}: Connection, table: TableName, shown: number): TemplateResult {
  const {words, format, exported, gridColumns} = view
  const {rows, state} = tables[table].progress
  const running = exported.state === 'running'
  const start = (event: SubmitEvent): void => {
    event.preventDefault()
    const chosen = new FormData(event.currentTarget as HTMLFormElement)
    view.startExport({
      table,
      format: formats.find((one) => one === chosen.get('format')) ?? 'csv',
      rows: chosen.get('rows') === 'all' ? 'all' : 'shown',
      columns: gridColumns,
      mode: key.mode,
    })
  }
  return menu(
    html`${icon('save')}${words.export}`,
    words.exportTitle(table),
    html`<form class="export" part="export" @submit=${start}>
      <fieldset>
        <legend>${words.exportTitle(table)}</legend>
        ${formats.map((one) =>
          choice('format', one, words.exportFormat(one), words.exportFormatHint(one), one === 'csv'),
        )}
      </fieldset>
      <fieldset>
        <legend>${words.exportRows}</legend>
        ${choice('rows', 'shown', words.exportShown(format, shown), '', true)}
        ${choice('rows', 'all', words.exportAll(format, rows), '', false)}
      </fieldset>
      ${state === 'complete' ? nothing : html`<p class="quiet">${words.exportPartial}</p>`}
      <div role="status" aria-live="polite" class="export-status">${exportStatus(view)}</div>
      <div class="actions">
        <button type="submit" class="primary small" aria-disabled=${running ? 'true' : 'false'}>${words.exportStart}</button>
        ${running
          ? html`<button
              type="button"
              class="plain small"
              @click=${() => {
                view.cancelExport()
              }}
            >
              ${words.cancel}
            </button>`
          : nothing}
      </div>
    </form>`,
  )
}

/** `shown`: rows that the filter lets through. */
export function renderTools(view: View, connection: Connection, table: TableName, shown: number): TemplateResult {
  const {words, tools, format} = view
  const {filter} = tools.of(table)
  const filtered = isFiltered(filter)
  const {rows} = connection.tables[table].progress
  return html`<div class="tools" part="tools">
    <div class="tools-row">
      <label class="search"
        >${icon('search')}<span class="hidden">${words.search(table)}</span
        ><input
          type="search"
          placeholder=${words.search(table)}
          autocomplete="off"
          spellcheck="false"
          .value=${filter.text}
          @input=${(event: Event) => {
            tools.search(table, valueOf(event))
          }}
      /></label>
      ${filterButton(view, table)} ${columnsMenu(view, table)} ${exportMenu(view, connection, table, shown)}
    </div>
    ${filterPanel(view, table)}
    <p class="shown-line quiet">
      <span role="status" aria-live="polite">${filtered ? words.shown(format, shown, rows) : nothing}</span>
      ${filtered
        ? html`<button
            type="button"
            class="text"
            @click=${() => {
              tools.clearFilter(table)
            }}
          >
            ${words.clearFilters}
          </button>`
        : words.complete(format, table, rows)}
    </p>
  </div>`
}

export function renderNoMatch(view: View, table: TableName): TemplateResult {
  const {words, tools} = view
  return html`<div class="empty">
    <p class="empty-title">${words.noMatch(table)}</p>
    <p class="quiet">${words.noMatchWhy}</p>
    <button
      type="button"
      class="plain small"
      @click=${() => {
        tools.clearFilter(table)
      }}
    >
      ${words.clearFilters}
    </button>
  </div>`
}
