// How a status looks in the grid.

export type StatusLook = 'good' | 'open' | 'bad' | 'off'

/** Of every status there is in the four tables. */
export const statusLooks: Record<string, StatusLook> = {
  paid: 'good',
  succeeded: 'good',
  active: 'good',
  open: 'open',
  draft: 'open',
  trialing: 'open',
  processing: 'open',
  pending: 'open',
  incomplete: 'open',
  requires_action: 'open',
  requires_capture: 'open',
  requires_confirmation: 'open',
  requires_payment_method: 'bad',
  past_due: 'bad',
  unpaid: 'bad',
  failed: 'bad',
  uncollectible: 'bad',
  disputed: 'bad',
  canceled: 'off',
  void: 'off',
  refunded: 'off',
  incomplete_expired: 'off',
  paused: 'off',
  deleted: 'off',
}

/** A status is a word with a shape, so that colour alone says nothing. */
export function statusLook(status: string): StatusLook {
  return statusLooks[status] ?? 'open'
}
