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
    scroll-padding-block-start: 40px;
  }
  .grid[hidden] {
    display: none;
  }
  .grid:focus-visible {
    outline-offset: -3px;
  }
  .grid-head {
    position: sticky;
    top: 0;
    z-index: 2;
    height: 40px;
    min-width: max(100%, var(--row-width));
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
  .grid-head .cell {
    height: 39px;
    line-height: 39px;
  }
  .grid-body {
    position: relative;
    min-width: max(100%, var(--row-width));
    overflow: clip;
  }
  /* With a ground of its own it is as tall whatever rows it holds, and need not be drawn again for those
     that come and go. */
  .grid-layer {
    background: var(--surface);
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
  .grid-layer .grid-row {
    position: absolute;
    inset-inline: 0;
  }
  .grid-layer .grid-row[data-row] {
    contain: layout size style;
    cursor: pointer;
  }
  .grid-layer .grid-row[data-row]:hover {
    background: var(--raised);
  }
  .grid-row {
    --ground: var(--surface);
  }
  .grid-layer .grid-row[data-row]:hover {
    --ground: var(--raised);
  }
  .grid:focus-visible .grid-layer .grid-row.active {
    --ground: color-mix(in oklab, var(--accent) 12%, var(--surface));
    background: var(--ground);
  }
  .grid:focus-visible .cell.active {
    box-shadow: inset 0 0 0 2px var(--accent);
    border-radius: 4px;
  }
  .cell.pinned {
    position: sticky;
    inset-inline-start: var(--pinned);
    z-index: 1;
    background: var(--ground);
  }
  .grid.wide .cell.pinned:not(:has(+ .pinned)) {
    border-inline-end: 1px solid var(--line);
  }
  .grid-head .cell {
    position: relative;
    display: flex;
    align-items: center;
    gap: 4px;
    cursor: pointer;
  }
  .grid-head .cell.pinned {
    position: sticky;
  }
  .grid-head .cell:hover {
    color: var(--text);
  }
  .grid-head .cell.money,
  .grid-head .cell.count {
    justify-content: flex-end;
  }
  .head-text {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .grid-head .cell[aria-sort='ascending'],
  .grid-head .cell[aria-sort='descending'] {
    color: var(--text);
  }
  .grip {
    position: absolute;
    inset-block: 4px;
    inset-inline-end: 0;
    width: 12px;
    cursor: col-resize;
    touch-action: none;
  }
  .grip::after {
    content: '';
    position: absolute;
    inset-block: 4px;
    inset-inline-end: 0;
    width: 1px;
    background: var(--line);
  }
  .grid-head .cell:hover .grip::after {
    width: 2px;
    background: var(--line-strong);
  }
  .cell {
    min-width: 0;
    line-height: 43px;
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
