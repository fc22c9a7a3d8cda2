// The audit while it runs and its verdict.

import {css} from 'lit'

export const reportStyles = css`
  .checking .bar {
    margin: 16px 0 8px;
  }
  .section-lines {
    margin-top: 16px;
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 280px), 1fr));
    gap: 0 32px;
  }
  .section-line {
    display: flex;
    align-items: center;
    gap: 12px;
    min-height: 44px;
    border-bottom: 1px solid var(--line);
  }
  .section-line .quiet {
    margin-inline-start: auto;
    font-size: 0.875rem;
  }
  .section-line.check .badge {
    color: var(--accent);
  }
  .section-line.cross .badge {
    color: var(--bad);
    background: var(--bad-back);
  }
  .report > * + * {
    margin-top: 8px;
  }
  .verdict-title {
    font-size: 1.25rem;
  }
  .report .change-section {
    margin-top: 20px;
  }
  .dense .change {
    padding: 6px 0;
  }
  .change-section h4 {
    color: var(--quiet);
    font-weight: 550;
  }
  .changes {
    margin-top: 4px;
  }
  .change {
    display: flex;
    gap: 12px;
    padding: 12px 0;
    border-bottom: 1px solid var(--line);
  }
  .change-text {
    flex: 1;
    min-width: 0;
  }
  .change-text > p:first-child {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 4px 16px;
  }
  .change-text strong {
    min-width: 0;
  }
  .from-to {
    display: inline-flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px;
  }
  .from-to .icon {
    display: block;
    font-size: 0.75rem;
    color: var(--quiet);
  }
  .level {
    padding: 0 10px;
    border: 1px solid var(--line);
    border-radius: 6px;
    font-size: 0.875rem;
    color: var(--quiet);
  }
  .level.wanted {
    border-color: var(--accent);
    color: var(--accent);
    font-weight: 600;
  }
  .report > .actions {
    margin-top: 24px;
  }
  .report > .go-on {
    margin-top: 20px;
  }
  .report > .look-at {
    margin-top: 12px;
  }
  .go-on {
    padding: 14px 16px;
    border-radius: var(--radius-small);
    background: var(--raised);
  }
  .go-on .actions {
    margin-top: 4px;
    gap: 4px 20px;
  }
  .go-on .text {
    padding-inline: 0;
  }
  .standing {
    margin-top: 20px;
    padding-top: 20px;
    border-top: 1px solid var(--line);
  }
  .behind,
  .known {
    display: flex;
    align-items: center;
    gap: 8px;
    margin-top: 12px;
  }
  .more summary {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-height: 32px;
    font-size: 0.875rem;
    color: var(--quiet);
    cursor: pointer;
  }
  .more p {
    overflow-wrap: anywhere;
    font-size: 0.875rem;
  }
  .look-at .wide {
    grid-template-columns: 1fr;
  }
  .wide .tick {
    align-items: flex-start;
    padding: 10px 0;
  }
  .wide .more {
    padding-inline-start: 32px;
  }
  .look-at ul {
    margin-top: 8px;
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 260px), 1fr));
    gap: 0 24px;
  }
  .tick {
    display: flex;
    align-items: center;
    gap: 12px;
    min-height: 44px;
    cursor: pointer;
  }
  .tick input {
    flex: none;
    width: 20px;
    height: 20px;
    margin: 0;
    accent-color: var(--accent);
  }
  .tick .quiet {
    font-size: 0.875rem;
  }
  .right {
    margin-top: 12px;
  }
  .look-at h5,
  .right h5 {
    margin-top: 12px;
    color: var(--quiet);
    font-weight: 550;
  }
  .right-list {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 280px), 1fr));
    gap: 0 24px;
  }
  .right-list li {
    display: flex;
    align-items: center;
    gap: 10px;
    min-height: 36px;
  }
  .right-list .quiet {
    margin-inline-start: auto;
    font-size: 0.875rem;
  }
  @container precision-stripe (width < 560px) {
    .report > .actions > *,
    .checking .actions > * {
      width: 100%;
    }
  }
  .unreachable .waiting {
    display: flex;
    align-items: center;
    gap: 8px;
    margin-top: 16px;
  }
`
