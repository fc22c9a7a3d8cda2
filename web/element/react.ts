// For React's type checker: `import type {} from 'precision-stripe/react'` makes
// `<precision-stripe>` known in JSX. React 19 hands properties and events to elements as they are.

import type * as React from 'react'
import type {PrecisionStripe, PrecisionStripeEvents} from './precision-stripe.js'

type Settings = Pick<
  PrecisionStripe,
  'proxy' | 'wasmUrl' | 'wasmIntegrity' | 'checkWrite' | 'policy' | 'account' | 'maxRequests' | 'shareOfLimit'
>
type Listeners = {
  [Name in keyof PrecisionStripeEvents as `on${Name}`]?: (event: PrecisionStripeEvents[Name]) => void
}

export type PrecisionStripeProps = React.DetailedHTMLProps<React.HTMLAttributes<PrecisionStripe>, PrecisionStripe> &
  Partial<Settings> &
  Listeners

declare module 'react' {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- React looks for its elements here
  namespace JSX {
    interface IntrinsicElements {
      'precision-stripe': PrecisionStripeProps
    }
  }
}
