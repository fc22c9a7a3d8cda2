// The element in React 19, which passes properties and custom events to elements as they are.

import 'precision-stripe/define'
import type {} from 'precision-stripe/react'
import type {PrecisionStripe, PrecisionStripeEvents} from 'precision-stripe/element'
import {useRef, useState, type ReactNode} from 'react'
import {createRoot} from 'react-dom/client'

function Integration(): ReactNode {
  const card = useRef<PrecisionStripe>(null)
  const [mode, setMode] = useState<string | null>(null)
  return (
    <main>
      <p>{mode === null ? 'Not connected' : `Connected to ${mode} data`}</p>
      <precision-stripe
        ref={card}
        proxy="/stripe"
        onconnected={(event: PrecisionStripeEvents['connected']) => setMode(event.detail.mode)}
        ondisconnected={() => setMode(null)}
      />
    </main>
  )
}

const root = document.getElementById('root')
if (root) createRoot(root).render(<Integration />)
