// What the grid's columns and the statuses in them are called.

import {spelledOut} from './strings.js'

const columnWords: Record<string, string> = {
  id: 'Stripe id',
  name: 'Name',
  email: 'Email',
  created: 'Created',
  number: 'Number',
  status: 'Status',
  amount: 'Amount',
  total: 'Total',
  amount_due: 'Due',
  amount_paid: 'Paid',
  amount_remaining: 'Remaining',
  amount_refunded: 'Refunded',
  customer: 'Customer id',
  customer_name: 'Customer',
  customer_email: 'Customer email',
  description: 'Description',
  balance: 'Balance',
  currency: 'Currency',
  delinquent: 'Behind on payment',
  due_date: 'Due on',
  monthly_value: 'Per month',
  card_last4: 'Card',
  country: 'Country',
  current_period_end: 'Renews',
  canceled_at: 'Canceled on',
  start_date: 'Started',
}

export function columnTitle(name: string): string {
  return columnWords[name] ?? spelledOut(name)
}

export type StatusLook = 'good' | 'open' | 'bad' | 'off'

const statusLooks: Record<string, StatusLook> = {
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

const statusWords: Record<string, string> = {
  requires_action: 'Needs action',
  requires_capture: 'To capture',
  requires_confirmation: 'To confirm',
  requires_payment_method: 'No payment method',
  incomplete_expired: 'Never started',
  trialing: 'On trial',
}

export function statusWord(status: string): string {
  return statusWords[status] ?? spelledOut(status)
}
