// Search, filters, menus, export and charts.

import {css} from 'lit'

const tools = css`
  .tools {
    padding: 12px 24px 0;
  }
  .tools-row {
    position: relative;
    display: flex;
    flex-wrap: wrap;
    align-items: start;
    gap: 8px;
  }
  .tools summary {
    display: inline-flex;
    align-items: center;
    gap: 8px;
    min-height: 44px;
    padding: 8px 14px;
    border: 1px solid var(--line-strong);
    border-radius: var(--radius-small);
    font-size: 0.9375rem;
    font-weight: 550;
    list-style: none;
    cursor: pointer;
  }
  .tools details[open] > summary {
    background: var(--raised);
  }
  .search {
    position: relative;
    flex: 1 1 240px;
    display: flex;
    align-items: center;
  }
  .search .icon {
    position: absolute;
    inset-inline-start: 14px;
    color: var(--quiet);
    pointer-events: none;
  }
  .tools :is(input:not([type='checkbox'], [type='radio']), select),
  .chart-select select {
    font: inherit;
    font-size: 0.9375rem;
    width: 100%;
    min-width: 0;
    min-height: 44px;
    padding: 8px 12px;
    border: 1px solid var(--line-strong);
    border-radius: var(--radius-small);
    color: var(--text);
    background: var(--surface);
  }
  .tools .search input {
    padding-inline-start: 38px;
  }
  .tools :is(input, select):focus-visible {
    outline-offset: 0;
  }
  .tools ::placeholder {
    color: var(--quiet);
    opacity: 1;
  }
  .shown-line {
    display: flex;
    align-items: center;
    gap: 4px 16px;
    min-height: 44px;
    font-variant-numeric: tabular-nums;
  }
  .shown-line span:empty {
    display: none;
  }
  .shown-line .text {
    margin-inline: 0;
  }
  .filter-panel {
    margin-top: 8px;
    display: flex;
    flex-wrap: wrap;
    gap: 16px 32px;
    padding: 16px;
    border-radius: var(--radius-small);
    background: var(--raised);
  }
  .tools [aria-expanded='true'] {
    background: var(--raised);
  }
  .tools fieldset {
    margin: 0;
    padding: 0;
    border: 0;
    min-width: 0;
  }
  .tools legend,
  .field-small > span {
    padding: 0;
    font-size: 0.8125rem;
    color: var(--quiet);
  }
  .filter-group {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  fieldset.filter-group {
    flex: 1 0 100%;
    display: block;
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin-top: 4px;
  }
  .chip {
    display: inline-flex;
    align-items: center;
    gap: 8px;
    min-height: 44px;
    padding: 4px 14px;
    border: 1px solid var(--line-strong);
    border-radius: 99px;
    font-size: 0.9375rem;
    background: var(--surface);
    cursor: pointer;
  }
  .chip:has(:checked) {
    border-color: var(--accent);
    background: color-mix(in oklab, var(--accent) 12%, var(--surface));
  }
  .tools :is([type='checkbox'], [type='radio']) {
    flex: none;
    width: 18px;
    height: 18px;
    margin: 0;
    accent-color: var(--accent);
  }
  .field-small {
    display: grid;
    gap: 4px;
    flex: 1 1 140px;
    min-width: 0;
    max-width: 200px;
  }
`

const menus = css`
  .menu {
    position: relative;
  }
  .menu-panel {
    position: absolute;
    inset-block-start: calc(100% + 4px);
    inset-inline-end: 0;
    z-index: 5;
    width: min(360px, calc(100cqi - 32px));
    max-height: min(480px, 70vh);
    overflow: auto;
    padding: 16px;
    border: 1px solid var(--line);
    border-radius: var(--radius-small);
    background: var(--surface);
    box-shadow: var(--shadow);
  }
  .menu-panel:focus {
    outline: none;
  }
  .column-list li {
    display: flex;
    justify-content: space-between;
    align-items: center;
    gap: 8px;
    min-height: 44px;
  }
  .column-list .text {
    margin-inline: 0;
    min-height: 36px;
  }
  .column-list [aria-pressed='false'] {
    color: var(--quiet);
  }
  .column-list [aria-pressed='true'] .icon {
    fill: currentColor;
  }
  .check,
  .choice {
    display: flex;
    align-items: center;
    gap: 12px;
    min-height: 44px;
    min-width: 0;
    font-size: 0.9375rem;
    overflow-wrap: anywhere;
    cursor: pointer;
  }
  .choice {
    padding: 4px 0;
  }
  .choice .quiet {
    display: block;
    font-size: 0.8125rem;
  }
  .menu-note {
    margin-block: 8px 12px;
    font-size: 0.8125rem;
  }
  .export {
    display: grid;
    gap: 12px;
  }
  .export .actions {
    margin-top: 0;
  }
  .export-status:empty {
    display: none;
  }
  .export-status {
    display: grid;
    gap: 8px;
    font-size: 0.9375rem;
    overflow-wrap: anywhere;
  }
  .export-done .icon {
    margin-inline-end: 8px;
    color: var(--good);
  }
  .export-failed .icon {
    margin-inline-end: 8px;
    color: var(--bad);
  }
`

const charts = css`
  .chart {
    padding: 4px 24px 8px;
    border-top: 1px solid var(--line);
    border-bottom: 1px solid var(--line);
  }
  .chart-head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
  }
  .chart-head > p {
    flex: 1 1 260px;
    font-size: 0.8125rem;
  }
  .chart-select select {
    width: auto;
  }
  .chart-readout {
    min-height: 24px;
    font-size: 0.875rem;
    font-variant-numeric: tabular-nums;
  }
  .chart-box {
    position: relative;
    height: 220px;
  }
  .chart-plot {
    position: absolute;
    inset: 0;
  }
  .chart-note {
    position: absolute;
    inset: 0;
    display: grid;
    place-content: center;
    text-align: center;
  }
  .chart-legend {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 20px;
    margin-top: 8px;
    font-size: 0.875rem;
    color: var(--quiet);
  }
  .chart-legend li::before {
    content: '';
    display: inline-block;
    width: 10px;
    height: 10px;
    margin-inline-end: 8px;
    border-radius: 3px;
    background: var(--chart-1);
  }
  .chart-legend .ink-1::before {
    background: var(--chart-2);
  }
  .chart-table {
    max-height: 320px;
    overflow: auto;
  }
  .chart-table table {
    width: 100%;
    border-collapse: collapse;
    font-size: 0.875rem;
    font-variant-numeric: tabular-nums;
  }
  .chart-table :is(th, td) {
    padding-block: 6px;
    padding-inline: 0 12px;
    border-bottom: 1px solid var(--line);
    text-align: end;
    font-weight: inherit;
    white-space: nowrap;
  }
  .chart-table th {
    color: var(--quiet);
  }
  .chart-table th:first-child {
    text-align: start;
  }
  /* What uPlot needs of its own sheet. */
  .u-wrap {
    position: relative;
    user-select: none;
  }
  .u-over,
  .u-under,
  .u-axis {
    position: absolute;
  }
  .u-under {
    overflow: hidden;
  }
  .uplot canvas {
    display: block;
    position: relative;
    width: 100%;
    height: 100%;
  }
  .u-select,
  .u-off {
    display: none;
  }
  /* Its labels are in the element's language, wherever the page is read from. */
  .chart-plot canvas {
    direction: ltr;
  }
  .u-cursor-x {
    position: absolute;
    inset: 0 auto 0 0;
    border-right: 1px dashed var(--line-strong);
    pointer-events: none;
  }
`

const narrow = css`
  @container precision-stripe (width < 560px) {
    .tools,
    .chart {
      padding-inline: 16px;
    }
    .search {
      flex-basis: 100%;
    }
    .tools summary {
      padding-inline: 10px;
    }
    .menu {
      position: static;
    }
    .menu-panel {
      inset-inline: 0;
      width: auto;
    }
    .chart-box {
      height: 190px;
    }
    .chart-box.invoices {
      height: 240px;
    }
    .field-small {
      max-width: none;
    }
  }
`

export const toolsStyles = [tools, menus, charts, narrow]
