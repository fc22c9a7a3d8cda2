// The written guide, folded until somebody wants it.

import {html, nothing, type TemplateResult} from 'lit'
import type {GuideStep} from '../strings.guide.js'
import {icon, type View} from './view.js'
import {helpButton, link} from './notice.js'

/** "Click **Read**" with its strong words strong. */
function rich(text: string): unknown {
  return text
    .split('**')
    .map((piece, index) => (index % 2 === 1 ? html`<strong>${piece}</strong>` : piece))
}

function step({text, details, warning, pitfall}: GuideStep): TemplateResult {
  return html`<li class=${pitfall ? 'pitfall' : ''}>
    <span>${rich(text)}</span>
    ${details
      ? html`<ul>
          ${details.map(
            ({term, text: detail, items}) =>
              html`<li>
                ${term ? html`<strong>${term}:</strong> ` : nothing}${rich(detail)}
                ${items ? html`<ul>${items.map((item) => html`<li>${rich(item)}</li>`)}</ul>` : nothing}
              </li>`,
          )}
        </ul>`
      : nothing}
    ${warning ? html`<p class="caution">${icon('warn')}<span>${warning}</span></p>` : nothing}
  </li>`
}

export function renderGuide(view: View): TemplateResult {
  const {guide} = view.words
  return html`<details class="guide" part="guide">
    <summary>${icon('chevron')}${guide.open}</summary>
    <div class="guide-body">
      <p class="quiet">${guide.lead}</p>
      <p class="caution">
        ${icon('warn')}<span><strong>${guide.before.title}.</strong> ${guide.before.text}</span>
      </p>
      <p>${guide.quick.text}</p>
      <p>${link(guide.quick.link, view.state.createUrl, 'plain small', view.words)}</p>
      <p class="quiet">${guide.quick.otherwise}</p>
      <h4>${guide.part1}</h4>
      <ol>${guide.steps.map(step)}</ol>
      <h4>${guide.part2}</h4>
      <ol>${guide.steps2.map(step)}</ol>
      <p class="quiet">${guide.after}</p>
      <h4>${guide.trouble}</h4>
      <dl>
        ${guide.answers.map(
          ({question, answer}) => html`<dt>${question}</dt><dd>${answer}</dd>`,
        )}
      </dl>
      ${helpButton(view, null, view.words.help)}
    </div>
  </details>`
}
