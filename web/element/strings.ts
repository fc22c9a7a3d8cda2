// Every sentence that a person sees, in English. Parts ask for them by name or by
// code; a second language is a second object of the type `Strings`.

import type {
  ErrorCode,
  KeyRepair,
  KeyVerdict,
  PullState,
  TableName,
} from '../module/types.js'
import type {Format} from './format.js'
import {dataStrings} from './strings.data.js'
import {errorSentences, fill} from './strings.errors.js'
import words from './words.en.json' with {type: 'json'}

/** What a person can do about it; the page puts the button for it beside the words. */
export type Step = 'create' | 'clear' | 'move' | 'retry' | 'another-key' | 'check-again' | 'help' | 'none'

export interface Sentences {
  readonly title: string
  /** What it means and what to do; never empty. */
  readonly body: string
  readonly step: Step
}

/** What a sentence may mention besides its code. */
export interface Mentioned {
  readonly verdict?: KeyVerdict | undefined
  readonly table?: TableName | undefined
  readonly permissions?: readonly string[]
}

export interface Words {
  one: string
  other: string
}

/** "1 row", "2 rows": the form by plural rule, the number by the locale. */
export function counted(format: Format, count: number, words: Words): string {
  const form = format.plural(count) === 'one' ? words.one : words.other
  return form.replace('#', format.count(count))
}

/** The word for the fields where a bad pattern of the page leaves only a code. */
export function errorWords(code: ErrorCode, format: Format, mentioned: Mentioned = {}): Sentences {
  return errorSentences(code, format, mentioned)
}

/** What the command line tool says of a report as well. */
const {report} = words

const repairs: Record<KeyRepair, string> = {
  spaces: 'spaces around it',
  line_breaks: 'a line break',
  invisible: 'invisible characters',
  quotes: 'quotes',
  bearer: 'the word \u201cBearer\u201d',
  assignment: 'the name in front of it',
  curl_option: 'the \u201c-u\u201d in front of it',
  percent_encoding: 'percent signs from a link',
  punctuation: 'the punctuation after it',
  prefix: '',
  repeated: 'a second copy of it',
  words: 'the words around it',
}

export const tableWords: Record<TableName, {title: string; one: string; lower: string; rows: Words}> = {
  customers: {title: 'Customers', one: 'Customer', lower: 'customers', rows: {one: '# customer', other: '# customers'}},
  invoices: {title: 'Invoices', one: 'Invoice', lower: 'invoices', rows: {one: '# invoice', other: '# invoices'}},
  payments: {title: 'Payments', one: 'Payment', lower: 'payments', rows: {one: '# payment', other: '# payments'}},
  subscriptions: {
    title: 'Subscriptions',
    one: 'Subscription',
    lower: 'subscriptions',
    rows: {one: '# subscription', other: '# subscriptions'},
  },
}

const stateWords: Record<PullState, string> = {
  waiting: 'Waiting',
  pulling: 'Reading',
  complete: 'Complete',
  partial: 'Not complete',
  refused: 'Not allowed',
}

const figureWords: Record<string, string> = {
  customers_total: 'Customers',
  customers_new_30_days: 'New in 30 days',
  customers_delinquent: 'Behind on payment',
  subscriptions_active: 'Active',
  subscriptions_trialing: 'On trial',
  subscriptions_canceled_30_days: 'Canceled in 30 days',
  subscriptions_monthly_value: 'Monthly value',
  invoices_open: 'Open',
  invoices_past_due: 'Past due',
  invoices_paid_30_days: 'Paid in 30 days',
  payments_collected_30_days: 'Collected in 30 days',
  payments_refunded_30_days: 'Refunded in 30 days',
  payments_failed_30_days: 'Failed in 30 days',
  payments_disputed: 'Disputed',
}

/** "canceled_at" as "Canceled at", for columns and statuses that have no words of their own. */
export function spelledOut(name: string): string {
  const text = name.replaceAll('_', ' ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

export const strings = {
  title: 'Connect Stripe',
  lead: 'Precision reads your invoices, payments, subscriptions and customers. It uses a key that may only look: nothing in your Stripe account can be changed.',
  time: 'About 5 minutes',
  createTitle: 'Create a key in Stripe',
  createHint:
    'Opens Stripe\u2019s form with the permissions already chosen. Have your phone nearby: Stripe asks for two-factor authentication before it shows a new key.',
  create: 'Create the key in Stripe',
  opensInNewTab: 'opens in a new tab',
  haveKey: 'I have a key',
  pasteTitle: 'Paste the key here',
  first: 'Restricted key',
  firstPlaceholder: 'rk_live_\u2026',
  second: 'Second field',
  secondHint: 'Leave this one empty.',
  connect: 'Connect',
  loading: 'Getting ready\u2026',
  moduleFailed:
    'This page could not load completely. Check your connection and try again; nothing you typed has been sent.',
  tryAgain: 'Try again',
  clear: 'Clear',
  clearSecond: 'Empty the second field',
  moveToFirst: 'Move it to the first field',
  undo: 'Undo',
  redo: 'Use it without them',
  undone: 'Kept as you pasted it. It cannot be used like this.',
  keyGood: (redacted: string): string => `This is the key ${redacted}`,
  live: 'Live data',
  test: 'Test data',
  testOnly: 'This is a test key. You will see test data only.',
  lengthUnusual: (format: Format, length: number): string =>
    `This key has ${format.count(length)} characters, and keys made today have 107. If Stripe does not know it, copy it again with Stripe\u2019s copy button.`,
  repaired: (format: Format, list: readonly KeyRepair[]): string => {
    const removed = list.map((repair) => repairs[repair]).filter((words) => words !== '')
    const sentences = removed.length > 0 ? [`We removed ${format.list(removed)}.`] : []
    if (list.includes('prefix')) sentences.push('We wrote its beginning the way Stripe does.')
    return sentences.join(' ')
  },
  trust: 'Your key goes to Stripe and to nobody else. It is not stored, and it is gone from this page once you disconnect or close it.',
  questions: 'Questions?',
  help: 'Get help',

  checking: 'Checking what the key may read',
  checkingAgain: 'Checking the changed permissions',
  checked: (format: Format, answered: number, asked: number): string =>
    `${format.count(answered)} of ${format.count(asked)} permissions checked`,
  checkingWith: (redacted: string): string => `With ${redacted}`,
  cancel: 'Cancel',
  sectionRight: 'Right',
  sectionWrong: (format: Format, count: number): string =>
    counted(format, count, {one: '# to change', other: '# to change'}),
  sectionOpen: 'Checking\u2026',
  sectionUnclear: 'Not all could be checked',

  verdictChange: (format: Format, count: number): string =>
    counted(format, count, report.change),
  verdictAskAgain: (format: Format, count: number): string =>
    counted(format, count, report.ask_again),
  verdictRight: report.all_right,
  changeHow:
    'Open the key in Stripe, change these rows, and save. The key itself stays the same, so there is nothing to paste again.',
  openKey: 'Edit the key in Stripe',
  copyList: 'Copy the list',
  copied: 'Copied',
  copyFailed: 'Could not copy',
  checkAgain: 'Check again',
  goOn: 'Go on with what works',
  anotherKey: 'Use another key',
  secondRow: report.second_row,
  asFirstRow: 'As the first row',
  secondRowOf: (section: string): string =>
    section === '' ? report.connected_accounts : fill(report.second_row_of, {section}),
  secondRowEmpty: report.second_row_empty,
  writeRow: (label: string, wanted: 'read' | 'none'): string =>
    fill(wanted === 'read' ? report.write_row_read : report.write_row_none, {label}),
  more: 'More about this row',
  guideSays: (sentence: string): string => `The guide: \u201c${sentence}\u201d`,
  stripeSays: (hint: string): string =>
    `Stripe\u2019s hint, which names another row at times: \u201c${hint}\u201d`,
  missingRow: (label: string): string => fill(report.missing_row, {label}),
  excessRow: (label: string): string => fill(report.excess_row, {label}),
  maybeOther: report.maybe_other,
  connectBox: report.connect_box,
  missOut: (format: Format, tables: readonly TableName[]): string =>
    fill(report.miss_out, {tables: format.list(tables.map((name) => tableWords[name].lower))}),
  missNothing: report.miss_nothing,
  unclearTitle: report.unclear,
  manyHow:
    'Quickest: on the key in Stripe, click Read in the top header row, then set the sections at the bottom of the list to None.',
  lookTitle: (format: Format, count: number): string =>
    counted(format, count, report.look),
  lookWhy:
    'Stripe does not let anybody ask about these from outside. Open the key in Stripe, look, and tick them off here.',
  lookGroup: (format: Format, count: number, wanted: 'read' | 'none'): string =>
    counted(format, count, wanted === 'read' ? report.look_read : report.look_none),
  lookIn: (format: Format, sections: readonly string[]): string =>
    fill(report.look_in, {sections: format.list(sections)}),
  lookRows: 'Which ones',
  rightTitle: (format: Format, count: number): string =>
    counted(format, count, report.right),
  offNote: 'Not used on your account; nothing to change.',
  noneShown: 'Is None',
  noneLikely: 'Could not be read',
  readShown: 'Can be read',
  readExactly: 'Is Read',
  readThrough: 'Can be read, perhaps through another row',
  writeUnanswered: 'Can be read; Write could not be checked',
  writeNotChecked: report.write_not_checked,
  lookWrite: report.look_write,
  lookWriteAll: report.look_write_all,
  lookWriteOf: (labels: string): string => fill(report.look_write_of, {labels}),
  lookSecondRow: report.look_second_row,
  lookSecondRowNone: report.look_second_row_none,
  lookAt: (wanted: 'read' | 'none'): string => `Should be ${level(wanted)}`,

  waitRetry: (format: Format, seconds: number): string =>
    `Trying again by itself in ${format.duration(seconds)}.`,
  retryNow: 'Try now',
  statusPage: 'Stripe\u2019s status page',

  connectedTitle: 'Stripe is connected',
  connectedSince: (when: string): string => `Connected ${when}`,
  reconnect: 'Reconnect',
  disconnect: 'Disconnect',
  disconnectTitle: 'Disconnect Stripe?',
  disconnectSure:
    'The key and everything that was read are wiped from this page. This cannot be undone; to see the data again you will need a key.',
  disconnectYes: 'Disconnect and wipe',
  keepConnected: 'Stay connected',
  reconnectTitle: 'Paste the new key',
  reconnectLead: 'What you see below stays until the new key is proven to work.',
  keepOld: 'Keep the old key',
  permissions: 'Permissions',

  progress: 'Progress',
  pulling: 'Reading your data from Stripe',
  paused: 'Paused',
  askTitle: 'This is a large account',
  ask: (format: Format, requests: number, sent: number): string =>
    `Reading all of it takes about ${format.count(requests)} requests to Stripe, of which ${format.count(sent)} are done. Stripe includes at least 10,000 a month.`,
  readAll: 'Read all of it',
  pulled: 'Everything is here',
  stopped: 'Stopped. What came is below.',
  incomplete: 'Some of it could not be read',
  pause: 'Pause',
  resume: 'Resume',
  stop: 'Stop',
  pullRest: 'Read the rest',
  rowsSoFar: (format: Format, count: number): string =>
    counted(format, count, {one: '# row', other: '# rows'}),
  perSecond: (format: Format, rate: number): string => `${format.count(Math.round(rate))} a second`,
  timeLeft: (format: Format, seconds: number): string => `about ${format.duration(seconds)} left`,
  waitingFor: (format: Format, seconds: number | null): string =>
    seconds === null
      ? 'Stripe asked us to slow down; it goes on by itself.'
      : `Stripe asked us to slow down; it goes on in ${format.duration(seconds)}.`,
  waitingForNetwork: 'No answer at the moment; it goes on by itself.',
  shareOf: (share: string): string => `${share} of the history`,
  complete: (format: Format, table: TableName, count: number): string =>
    counted(format, count, tableWords[table].rows),

  none: (table: TableName): string => `No ${tableWords[table].lower} yet`,
  noneWhy: (table: TableName): string =>
    `We asked Stripe for all of them, and this account has no ${tableWords[table].lower}.`,
  waitingRows: 'Waiting for the first rows',
  refusedTable: (format: Format, table: TableName, labels: readonly string[]): string =>
    `Set ${format.list(labels.length > 0 ? labels : [tableWords[table].title])} to Read on the key in Stripe and check again. The other tables are not touched by this.`,
  refusedTitle: (table: TableName): string =>
    `We could not read ${tableWords[table].lower} with this key`,
  partialTable: (format: Format, count: number, share: string): string =>
    `Not complete: ${counted(format, count, {one: '# row', other: '# rows'})}, ${share} of the history.`,
  issues: (format: Format, count: number): string =>
    counted(format, count, {one: '# row needs a second look', other: '# rows need a second look'}),
  rowsOf: (table: TableName): string => tableWords[table].title,
  ...dataStrings,
  detail: 'Details',
  close: 'Close',
  copy: 'Copy',
  copyId: 'Copy the Stripe id',
  yes: 'Yes',
  no: 'No',

  tableState: (state: PullState): string => stateWords[state],
  figure: (name: string): string => figureWords[name] ?? spelledOut(name),
  moreCurrencies: (format: Format, count: number): string =>
    counted(format, count, {one: '# more currency', other: '# more currencies'}),

  issue: (format: Format, code: ErrorCode, count: number, column: string): string => {
    const rows = counted(format, count, {one: '# row', other: '# rows'})
    switch (code) {
      case 'field_unreadable':
        return `${rows} had a field we could not read: ${spelledOut(column).toLowerCase()}.`
      case 'amount_out_of_range':
        return `${rows} had an amount too large to show exactly: ${spelledOut(column).toLowerCase()}.`
      case 'text_repaired':
        return `${rows} had characters we had to replace: ${spelledOut(column).toLowerCase()}.`
      case 'row_without_id':
        return `${rows} came without an id and could not be shown.`
      case 'object_unknown':
        return `${rows} came in a form we do not know and could not be shown.`
      case 'row_short':
        return `${rows} came with less than everything, because Stripe sent only a part of a long list.`
      default:
        return `${rows}: ${errorWords(code, format).title}`
    }
  },
} as const

export type Strings = typeof strings

function level(wanted: 'read' | 'none'): string {
  return wanted === 'read' ? 'Read' : 'None'
}
