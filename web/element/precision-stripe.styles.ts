// Theme, ground and the pieces that every state uses. Hosts set the `--ps-*`
// properties; light or dark follows the host's `color-scheme`.

import {css, type CSSResultGroup} from 'lit'
import {dataStyles} from './parts/data.styles.js'
import {formStyles} from './parts/form.styles.js'
import {gridStyles} from './parts/grid.styles.js'
import {reportStyles} from './parts/report.styles.js'
import {rightToLeftStyles} from './parts/right-to-left.styles.js'
import {toolsStyles} from './parts/tools.styles.js'

const theme = css`
  :host {
    --accent: var(--ps-accent, light-dark(#3a4fd0, #9aacff));
    --on-accent: var(--ps-on-accent, light-dark(#ffffff, #10142b));
    --text: var(--ps-text, light-dark(#1a1f2b, #e9ebf1));
    --quiet: var(--ps-quiet, light-dark(#5a6272, #a4acbb));
    --line: var(--ps-line, light-dark(#e4e7ec, #2e3442));
    --line-strong: var(--ps-line-strong, light-dark(#8b93a3, #6b7486));
    --surface: var(--ps-surface, light-dark(#ffffff, #171b24));
    --raised: var(--ps-raised, light-dark(#f6f7f9, #1f2531));
    --bad: var(--ps-bad, light-dark(#b3261e, #ff9f94));
    --bad-back: var(--ps-bad-back, light-dark(#fdf1f0, #33201f));
    --warn: var(--ps-warn, light-dark(#875200, #f3c069));
    --warn-back: var(--ps-warn-back, light-dark(#fdf6e7, #2f2818));
    --good: var(--ps-good, light-dark(#16713f, #74d69f));
    --good-back: var(--ps-good-back, light-dark(#eaf6ef, #17291f));
    --chart-1: var(--ps-chart-1, var(--accent));
    --chart-2: var(--ps-chart-2, light-dark(#c2703d, #e0a070));
    --radius: var(--ps-radius, 12px);
    --radius-small: calc(var(--radius) * 2 / 3);
    --shadow: var(
      --ps-shadow,
      0 1px 2px light-dark(#1a1f2b0d, #0006),
      0 8px 24px light-dark(#1a1f2b0f, #0004)
    );
    color-scheme: light dark;
    display: block;
    color: var(--text);
    font: inherit;
    font-size: 1rem;
    line-height: 1.5;
    text-align: start;
    container: precision-stripe / inline-size;
  }
  :host([hidden]) {
    display: none;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
`

const ground = css`
  h2,
  h3,
  h4,
  h5,
  p,
  ul,
  ol,
  dl,
  dd {
    margin: 0;
    padding: 0;
  }
  ul,
  ol {
    list-style: none;
  }
  h2 {
    font-size: 1.75rem;
    font-weight: 650;
    letter-spacing: -0.02em;
    line-height: 1.2;
  }
  h3 {
    font-size: 1.125rem;
    font-weight: 650;
    letter-spacing: -0.01em;
    line-height: 1.35;
  }
  h4,
  h5 {
    font-size: 0.9375rem;
    font-weight: 650;
  }
  h2:focus,
  h3:focus {
    outline: none;
  }
  p {
    text-wrap: pretty;
  }
  code {
    font-family: ui-monospace, 'SF Mono', SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace;
    font-size: 0.9375em;
    overflow-wrap: anywhere;
  }
  .quiet {
    color: var(--quiet);
    font-size: 0.9375rem;
  }
  .hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .icon {
    width: 1em;
    height: 1em;
    flex: none;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.6;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .root {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 24px;
    justify-items: center;
    overflow-wrap: break-word;
  }
  .root > .card {
    width: 100%;
    max-width: 720px;
    padding: 32px;
    background: var(--surface);
    border: 1px solid var(--line);
    border-radius: calc(var(--radius) * 4 / 3);
    box-shadow: var(--shadow);
  }
  .root > .card:has(.connected) {
    max-width: 1200px;
    padding: 20px 24px;
  }
  .head {
    position: relative;
    margin-bottom: 28px;
  }
  .lead {
    margin-top: 8px;
    color: var(--quiet);
    max-width: 60ch;
  }
  .time {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    margin-top: 12px;
    font-size: 0.875rem;
    color: var(--quiet);
  }
  @container precision-stripe (width < 560px) {
    .root > .card,
    .root > .card:has(.connected) {
      padding: 20px 16px;
    }
    h2 {
      font-size: 1.5rem;
    }
  }
`

const controls = css`
  /* Without weight, so that what follows needs none either. */
  :where(button, a.primary, a.plain, a.small, a.text) {
    font: inherit;
    font-weight: 550;
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    min-height: 44px;
    padding: 8px 18px;
    border: 1px solid transparent;
    border-radius: var(--radius-small);
    color: var(--text);
    background: none;
    text-decoration: none;
    cursor: pointer;
    transition:
      background-color 120ms,
      border-color 120ms,
      color 120ms;
  }
  .plain,
  .small {
    border-color: var(--line-strong);
    background: var(--surface);
  }
  .plain:hover,
  .small:hover {
    background: var(--raised);
  }
  .small {
    font-size: 0.9375rem;
    padding: 8px 14px;
  }
  .primary {
    border-color: transparent;
    background: var(--accent);
    color: var(--on-accent);
  }
  .primary:hover {
    background: color-mix(in oklab, var(--accent), var(--text) 14%);
  }
  .primary:disabled {
    border-color: var(--line);
    background: var(--raised);
    color: var(--quiet);
  }
  button.text,
  a.text {
    padding: 8px 10px;
    margin-inline: -10px;
    color: var(--accent);
    font-size: 0.9375rem;
  }
  button.text:hover,
  a.text:hover {
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  .danger {
    border-color: var(--bad);
    color: var(--bad);
  }
  button:disabled {
    cursor: default;
    opacity: 0.75;
  }
  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 12px;
    margin-top: 16px;
  }
  .actions .text {
    margin-inline: 0;
  }
  .actions.tight {
    margin-top: 0;
    gap: 8px;
  }
  .push {
    margin-inline-start: auto;
  }
  .tag {
    display: inline-block;
    padding: 1px 8px;
    border-radius: 99px;
    font-size: 0.8125rem;
    font-weight: 550;
    line-height: 1.5;
    color: var(--quiet);
    background: var(--raised);
    white-space: nowrap;
  }
  .tag.test,
  .tag.warn {
    color: var(--warn);
    background: var(--warn-back);
  }
  .badge {
    display: inline-grid;
    place-items: center;
    flex: none;
    width: 24px;
    height: 24px;
    border-radius: 50%;
    font-size: 0.875rem;
    color: var(--quiet);
    background: var(--raised);
  }
  .badge.good {
    color: var(--good);
    background: var(--good-back);
  }
  .badge.bad {
    color: var(--bad);
    background: var(--bad-back);
  }
  .badge.warn {
    color: var(--warn);
    background: var(--warn-back);
  }
  .notice {
    display: flex;
    gap: 12px;
    padding: 14px 16px;
    border-radius: var(--radius-small);
    background: var(--raised);
  }
  .notice .badge {
    background: none;
    width: 20px;
    height: 24px;
    font-size: 1.0625rem;
  }
  .notice.bad {
    background: var(--bad-back);
  }
  .notice.warn {
    background: var(--warn-back);
  }
  .notice.bad .badge,
  .notice.bad .notice-title {
    color: var(--bad);
  }
  .notice.warn .badge,
  .notice.warn .notice-title {
    color: var(--warn);
  }
  .notice-text {
    min-width: 0;
    flex: 1;
  }
  .notice-title {
    font-weight: 600;
  }
  .notice .actions {
    margin-top: 12px;
  }
  /* A phone at 200 %: no word of a button fits beside the badge. */
  @container precision-stripe (width < 240px) {
    .notice {
      flex-direction: column;
    }
  }
  .bar {
    height: 4px;
    border-radius: 2px;
    background: var(--line);
    overflow: hidden;
  }
  .bar > span {
    display: block;
    height: 100%;
    border-radius: inherit;
    background: var(--accent);
    transform-origin: left;
    transform: scaleX(var(--share, 0));
    transition: transform 180ms linear;
  }
  .bone {
    display: block;
    width: 70%;
    height: 12px;
    border-radius: 4px;
    background: var(--line);
  }
  .fold > summary,
  .guide > summary {
    display: inline-flex;
    align-items: center;
    gap: 8px;
    min-height: 44px;
    font-weight: 550;
    font-size: 0.9375rem;
    cursor: pointer;
    list-style: none;
    border-radius: 6px;
  }
  summary::-webkit-details-marker {
    display: none;
  }
  details > summary .icon-chevron {
    transition: transform 120ms;
    color: var(--quiet);
  }
  details[open] > summary .icon-chevron {
    transform: rotate(90deg);
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      transition: none !important;
      animation: none !important;
    }
  }
`

export const styles: CSSResultGroup = [
  theme,
  ground,
  controls,
  formStyles,
  reportStyles,
  dataStyles,
  gridStyles,
  toolsStyles,
  rightToLeftStyles,
]
