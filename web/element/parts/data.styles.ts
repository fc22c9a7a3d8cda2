// The connection, the progress of the pull, the figures and the tabs.

import {css} from 'lit'

export const dataStyles = css`
  .connected-head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 12px 16px;
  }
  .connected-head > .badge {
    width: 36px;
    height: 36px;
    font-size: 1.125rem;
  }
  .connected-title {
    font-size: 1.125rem;
    letter-spacing: -0.01em;
    line-height: 1.35;
  }
  .connected-text {
    flex: 1 1 280px;
  }
  .connected-text .quiet {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px 10px;
  }
  .connected-head .text {
    margin-inline: 0;
  }
  .connected .notice {
    margin-top: 16px;
  }
  .data {
    width: 100%;
    max-width: 1200px;
    display: grid;
    gap: 20px;
  }
  .reconnecting .data {
    filter: grayscale(1);
  }
  .pull,
  .tables,
  .data > .fold {
    background: var(--surface);
    border: 1px solid var(--line);
    border-radius: var(--radius);
  }
  .pull {
    padding: 16px 24px 20px;
  }
  .data > .fold {
    padding: 6px 24px;
  }
  .data > .fold[open] {
    padding-bottom: 20px;
  }
  .pull-head {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    align-items: center;
    gap: 8px 16px;
    min-height: 52px;
  }
  .whole-line,
  .pull-count,
  .pull-note,
  .tab-count,
  .figure-value,
  .figure-more {
    font-variant-numeric: tabular-nums;
  }
  .pull-rows {
    margin-top: 8px;
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(max(11em, 20%), 1fr));
    gap: 12px 24px;
  }
  .pull-row {
    display: grid;
    grid-template-columns: 20px minmax(0, 1fr) auto;
    align-items: center;
    gap: 4px 8px;
  }
  .pull-row .badge {
    width: 20px;
    height: 20px;
    font-size: 0.75rem;
  }
  .pull-row.complete .badge {
    color: var(--accent);
  }
  .pull-row.partial .badge {
    color: var(--warn);
    background: var(--warn-back);
  }
  .pull-row.refused .badge {
    color: var(--bad);
    background: var(--bad-back);
  }
  .pull-name {
    font-weight: 550;
  }
  .pull-row .bar {
    grid-column: 1 / -1;
  }
  .pull-row.partial .bar > span {
    background: var(--warn);
  }
  .pull-row.refused .bar > span {
    background: var(--line-strong);
  }
  .pull-note {
    grid-column: 1 / -1;
    font-size: 0.8125rem;
  }
  .tables {
    min-width: 0;
    overflow: hidden;
  }
  .tabs {
    display: flex;
    gap: 4px;
    padding: 0 16px;
    border-bottom: 1px solid var(--line);
    overflow-x: auto;
    scrollbar-width: none;
  }
  .tab {
    gap: 8px;
    min-height: 52px;
    padding: 8px 12px;
    border: 0;
    border-radius: 0;
    color: var(--quiet);
    white-space: nowrap;
    box-shadow: inset 0 -2px transparent;
  }
  .tab:hover {
    color: var(--text);
  }
  .tab[aria-selected='true'] {
    color: var(--text);
    box-shadow: inset 0 -2px var(--accent);
  }
  .tab:focus-visible {
    outline-offset: -4px;
  }
  .tab-count {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    /* For as many digits as most have, so that no tab moves as they grow. */
    min-width: 72px;
    min-height: 22px;
    justify-content: center;
    padding: 0 8px;
    border-radius: 99px;
    font-size: 0.8125rem;
    line-height: 1.625;
    background: var(--raised);
    color: var(--quiet);
  }
  .tab.refused .tab-count {
    color: var(--bad);
    background: var(--bad-back);
  }
  .tab.partial .tab-count {
    color: var(--warn);
    background: var(--warn-back);
  }
  .panel > [role='status'] .notice {
    margin: 16px 24px 0;
  }
  .panel > [role='status']:last-child .notice,
  .panel > [role='status']:has(+ :empty) .notice {
    margin-bottom: 24px;
  }
  .figures {
    display: flex;
    flex-wrap: wrap;
    gap: 16px 48px;
    padding: 20px 24px;
    min-height: 116px;
  }
  .figure {
    min-width: 120px;
  }
  .figure dt {
    font-size: 0.875rem;
    color: var(--quiet);
  }
  .figure .bone {
    width: 80px;
    margin-block: 6px 14px;
  }
  .figure .bone.wide {
    width: 120px;
    height: 24px;
  }
  .figure-value {
    font-size: 1.5rem;
    font-weight: 600;
    letter-spacing: -0.01em;
    line-height: 1.35;
  }
  .figure-more {
    font-size: 0.875rem;
    color: var(--quiet);
  }
  .empty {
    display: grid;
    place-content: center;
    justify-items: center;
    text-align: center;
    min-height: 240px;
    padding: 24px;
  }
  .empty button {
    justify-self: center;
    margin-top: 12px;
  }
  .empty-title {
    font-size: 1.125rem;
    font-weight: 600;
  }
  .issues {
    padding: 4px 24px;
    border-top: 1px solid var(--line);
  }
  .issues li {
    padding: 6px 0;
    font-size: 0.9375rem;
  }
  .detail {
    width: min(480px, 100vw);
    height: 100dvh;
    max-height: none;
    margin-block: 0;
    margin-inline: auto 0;
    padding: 24px;
    border: 0;
    border-inline-start: 1px solid var(--line);
    color: var(--text);
    background: var(--surface);
    box-shadow: var(--shadow);
  }
  .detail::backdrop {
    background: light-dark(#1a1f2b40, #0008);
  }
  .detail-head {
    display: flex;
    justify-content: space-between;
    align-items: center;
  }
  .detail-id {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 16px;
    margin: 12px 0;
  }
  .detail-id .text {
    margin-inline: 0;
    padding-inline: 0;
  }
  .detail-list > div {
    display: grid;
    grid-template-columns: minmax(120px, 2fr) 3fr;
    gap: 16px;
    padding: 10px 0;
    border-top: 1px solid var(--line);
    font-size: 0.9375rem;
  }
  .detail-list dt {
    color: var(--quiet);
  }
  .detail-list dd {
    overflow-wrap: anywhere;
  }
  @container precision-stripe (width < 820px) {
    .tabs {
      gap: 0;
      padding: 0 8px;
    }
    .tab-count {
      min-width: 60px;
      padding: 0 6px;
    }
    .tab {
      gap: 6px;
      padding-inline: 8px;
    }
    .pull-rows {
      grid-template-columns: repeat(2, minmax(0, 1fr));
    }
  }
  @container precision-stripe (width < 560px) {
    .pull,
    .figures,
    .issues,
    .data > .fold {
      padding-inline: 16px;
    }
    .tabs {
      padding: 0 4px;
    }
    .panel > [role='status'] .notice {
      margin-inline: 16px;
    }
    .figures {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(min(100%, 8.5rem), 1fr));
      gap: 12px 16px;
    }
    .figure-value {
      font-size: 1.25rem;
    }
    .pull-rows {
      grid-template-columns: minmax(0, 1fr);
      gap: 10px;
    }
    .pull-row {
      grid-template-columns: 20px minmax(0, 1fr) auto auto;
    }
    .pull-note {
      grid-column: 3;
      grid-row: 1;
    }
    .tabs {
      display: grid;
      grid-template-columns: repeat(4, auto);
    }
    .tab-count {
      min-width: 1.5em;
    }
    .tab {
      flex-direction: column;
      gap: 0;
      padding: 8px 2px 6px;
      font-size: 0.8125rem;
    }
  }
`
