// The one import with a side effect: registers the element.

import {PrecisionStripe} from './precision-stripe.js'

if (!customElements.get('precision-stripe')) {
  customElements.define('precision-stripe', PrecisionStripe)
}

declare global {
  interface HTMLElementTagNameMap {
    'precision-stripe': PrecisionStripe
  }
}
