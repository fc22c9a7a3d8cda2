// The two fields and the guide.

import {css} from 'lit'

export const formStyles = css`
  .alert:not(:empty) .notice {
    margin-bottom: 24px;
  }
  .step {
    display: grid;
    grid-template-columns: 28px minmax(0, 1fr);
    gap: 14px;
  }
  /* Mostly over before anybody could read it. */
  .soon {
    animation: soon 0s 300ms backwards;
  }
  @keyframes soon {
    from {
      visibility: hidden;
    }
  }
  .step + .step {
    margin-top: 24px;
    padding-top: 28px;
    border-top: 1px solid var(--line);
  }
  .step-number {
    display: grid;
    place-items: center;
    width: 28px;
    height: 28px;
    border-radius: 50%;
    border: 1px solid var(--line-strong);
    font-size: 0.875rem;
    font-weight: 600;
    color: var(--quiet);
  }
  .step-body > h3 {
    min-height: 28px;
    display: flex;
    align-items: center;
  }
  .step-body > h3 + .quiet {
    margin-top: 4px;
  }
  .field {
    margin-top: 16px;
  }
  .field label {
    display: block;
    margin-bottom: 6px;
    font-size: 0.9375rem;
    font-weight: 550;
  }
  .field input {
    width: 100%;
    min-height: 48px;
    padding: 10px 14px;
    font: inherit;
    font-family: ui-monospace, 'SF Mono', SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace;
    color: inherit;
    background: var(--surface);
    border: 1px solid var(--line-strong);
    border-radius: var(--radius-small);
    transition: border-color 120ms;
  }
  .field input::placeholder {
    color: var(--quiet);
    opacity: 1;
  }
  .field input:focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: -1px;
    border-color: transparent;
  }
  .field input[aria-invalid='true']:not(:focus-visible) {
    border-color: var(--bad);
  }
  /* Shown in redacted form only, below the field. */
  .secret:not(:placeholder-shown) {
    -webkit-text-security: disc;
    letter-spacing: 0.1em;
  }
  .second {
    margin-top: 20px;
  }
  .second input {
    background: var(--raised);
    border-style: dashed;
  }
  .hint {
    margin-top: 6px;
    font-size: 0.875rem;
  }
  .verdict > * {
    margin-top: 10px;
  }
  .key-good {
    display: flex;
    gap: 12px;
    padding: 4px 2px;
  }
  .key-good-text > p:first-of-type {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 10px;
    min-height: 24px;
  }
  .key-good code {
    font-weight: 600;
  }
  .key-good .actions.tight {
    gap: 16px;
  }
  .key-good button.text {
    margin-inline: -10px;
  }
  .connect-row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 12px;
    margin-top: 24px;
  }
  .connect-row .primary {
    min-width: 140px;
  }
  .trust {
    display: flex;
    gap: 10px;
    margin-top: 28px;
    padding-top: 20px;
    border-top: 1px solid var(--line);
    font-size: 0.875rem;
    color: var(--quiet);
  }
  .trust .icon {
    margin-top: 3px;
    font-size: 1rem;
  }
  .guide {
    margin-top: 12px;
  }
  .guide-body {
    padding: 4px 0 8px;
    max-width: 62ch;
  }
  .guide-body > * + * {
    margin-top: 12px;
  }
  .guide-body h4 {
    margin-top: 24px;
  }
  .guide-body ol {
    counter-reset: step;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 10px;
  }
  .guide-body ol > li {
    counter-increment: step;
    position: relative;
    padding-inline-start: 36px;
  }
  .guide-body ol > li::before {
    content: counter(step);
    position: absolute;
    inset-inline-start: 0;
    width: 24px;
    text-align: end;
    color: var(--quiet);
    font-variant-numeric: tabular-nums;
  }
  .guide-body ul {
    list-style: disc;
    margin-top: 6px;
    padding-inline-start: 20px;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 4px;
  }
  .guide-body ol > li.pitfall {
    margin-inline: -8px;
    padding-block: 10px 12px;
    padding-inline: 44px 12px;
    border-radius: var(--radius-small);
    background: var(--warn-back);
  }
  .guide-body li.pitfall::before {
    inset-inline-start: 8px;
  }
  .caution {
    display: flex;
    gap: 10px;
    margin-top: 6px;
    padding: 10px 12px;
    border-radius: var(--radius-small);
    background: var(--warn-back);
    font-size: 0.9375rem;
  }
  .caution > span {
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .guide-body > .caution {
    margin-top: 12px;
  }
  .caution .icon {
    margin-top: 4px;
    color: var(--warn);
  }
  .guide-body dt {
    font-weight: 600;
  }
  .guide-body dd + dt {
    margin-top: 10px;
  }
  @container precision-stripe (width < 560px) {
    .step {
      position: relative;
      grid-template-columns: minmax(0, 1fr);
    }
    .step-number {
      position: absolute;
    }
    .step + .step > .step-number {
      inset-block-start: 28px; /* below the line */
    }
    .step-body > h3 {
      padding-inline-start: 40px;
    }
    .step .actions > .primary,
    .step .actions > .plain,
    .connect-row .primary {
      width: 100%;
    }
  }
`
