// The grid. Row and head heights are those of table-view.ts.

import {css} from 'lit'

export const gridStyles = css`
  .grid {
    position: relative;
    height: clamp(320px, 64vh, 604px);
    overflow: auto;
    overflow-anchor: none;
    border-top: 1px solid var(--line);
    font-size: 0.9375rem;
  }
  .grid:focus-visible {
    outline-offset: -3px;
  }
  .grid-head {
    position: sticky;
    top: 0;
    z-index: 1;
    height: 40px;
    background: var(--surface);
    border-bottom: 1px solid var(--line);
    font-size: 0.8125rem;
    font-weight: 550;
    color: var(--quiet);
  }
  .grid-head .grid-row {
    height: 39px;
    border: 0;
  }
  .grid-body {
    position: relative;
    overflow: clip;
  }
  .grid-layer {
    will-change: transform;
  }
  .grid-row {
    display: grid;
    grid-template-columns: var(--tracks);
    align-items: center;
    height: 44px;
    padding: 0 12px;
    border-bottom: 1px solid var(--line);
  }
  .grid-layer .grid-row[data-row] {
    cursor: pointer;
  }
  .grid-layer .grid-row[data-row]:hover {
    background: var(--raised);
  }
  .grid:focus-visible .grid-row.active {
    background: color-mix(in oklab, var(--accent) 12%, transparent);
  }
  .cell {
    min-width: 0;
    padding: 0 12px;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .cell.name {
    font-weight: 550;
  }
  .grid-head .cell.name {
    font-weight: inherit;
  }
  .cell.money,
  .cell.count {
    text-align: end;
    font-variant-numeric: tabular-nums;
  }
  .cell.date {
    font-variant-numeric: tabular-nums;
  }
  .cell.money .bone,
  .cell.count .bone {
    margin-inline-start: auto;
  }
  .status {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    color: var(--quiet);
  }
  .status.good,
  .status.open,
  .status.bad {
    color: var(--text);
  }
  .status .icon {
    color: var(--quiet);
  }
  .status.bad .icon {
    color: var(--bad);
  }
  @container precision-stripe (width < 560px) {
    .grid {
      font-size: 0.875rem;
    }
    .grid-row {
      padding: 0 8px;
    }
    .cell {
      padding: 0 6px;
    }
  }
`
