// Every sentence that a person sees, made of one language's words. Parts ask for them
// by name or by code; which language it is, speech.ts decides.

import type {
  ErrorCode,
  ExportFormat,
  KeyRepair,
  KeyVerdict,
  PullState,
  TableName,
} from '../module/types.js'
import type {Format} from './format.js'
import {english, type Language} from './strings.en.js'

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

interface Counted {
  readonly one: string
  readonly other: string
}

interface Told {
  readonly title: string
  readonly body: string
  readonly step: string
  /** What is said instead when it is known what was pasted. */
  readonly known?: {readonly title?: string; readonly body?: string}
}

type Named = Readonly<Record<string, string>>

const KEY_LENGTH_TODAY = 107
/** https://stripe.com/pricing, "API requests": each transaction brings more. */
const REQUESTS_INCLUDED = 10_000

/** "1 row", "2 rows": the form by plural rule, the number by the locale. */
export function counted(format: Format, count: number, words: Counted): string {
  const form = format.plural(count) === 'one' ? words.one : words.other
  return form.replace('#', format.count(count))
}

/** "{label} is set to None", with what it mentions. */
export function fill(text: string, values: Named): string {
  return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole)
}

/** "canceled_at" as "Canceled at", for what has no words of its own. */
export function spelledOut(name: string): string {
  const text = name.replaceAll('_', ' ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

const level = (wanted: 'read' | 'none'): string => (wanted === 'read' ? 'Read' : 'None')

/** The sentences for each error code: what it is and what to do about it; the page never shows a code. */
function errorsOf({words}: Language): (format: Format, code: ErrorCode, mentioned?: Mentioned) => Sentences {
  // Complete by its type.
  const errors: Record<ErrorCode, Told> = words.errors
  const kinds: Named = words.kinds

  /** What the sentences may mention, or null when it is not all known. */
  const found = (code: ErrorCode, format: Format, {verdict}: Mentioned): Named | null => {
    if (!verdict) return null
    if (code === 'key_several' && verdict.keysFound < 2) return null
    if (code === 'key_bad_character' && verdict.badCharacter === '') return null
    const kind = kinds[verdict.objectKind]
    if (code === 'key_object_id' && kind === undefined) return null
    return {
      kind: kind ?? '',
      length: format.count(verdict.length),
      today: format.count(KEY_LENGTH_TODAY),
      keys: format.count(verdict.keysFound),
      position: format.count(verdict.badPosition),
      character: verdict.badCharacter,
    }
  }

  return (format, code, mentioned = {}) => {
    const {title, body, step, known} = errors[code]
    const values = known ? found(code, format, mentioned) : null
    return {
      title: values && known?.title ? fill(known.title, values) : title,
      body: values && known?.body ? fill(known.body, values) : body,
      // The build has checked that it is one; the same in every language.
      step: step as Step,
    }
  }
}

function keySentences({page: {filled, repairs}}: Language) {
  const removedWords: Partial<Record<KeyRepair, string>> = repairs
  return {
    keyGood: (key: string): string => fill(filled.keyGood, {key}),
    lengthUnusual: (format: Format, length: number): string =>
      fill(filled.lengthUnusual, {length: format.count(length), today: format.count(KEY_LENGTH_TODAY)}),
    repaired: (format: Format, list: readonly KeyRepair[]): string => {
      const removed = list.flatMap((repair) => removedWords[repair] ?? [])
      const sentences = removed.length > 0 ? [fill(filled.repaired, {list: format.list(removed)})] : []
      if (list.includes('prefix')) sentences.push(filled.repairedPrefix)
      return sentences.join(' ')
    },
    waitRetry: (format: Format, seconds: number): string => fill(filled.waitRetry, {time: format.duration(seconds)}),
  }
}

function reportSentences({words: {report}, page: {filled, counted: forms, tables}}: Language) {
  return {
    checked: (format: Format, answered: number, asked: number): string =>
      fill(filled.checked, {answered: format.count(answered), asked: format.count(asked)}),
    checkingWith: (key: string): string => fill(filled.checkingWith, {key}),
    sectionWrong: (format: Format, count: number): string => counted(format, count, forms.sectionWrong),
    verdictChange: (format: Format, count: number): string => counted(format, count, report.change),
    verdictAskAgain: (format: Format, count: number): string => counted(format, count, report.ask_again),
    verdictRight: report.all_right,
    secondRow: report.second_row,
    secondRowOf: (section: string): string =>
      section === '' ? report.connected_accounts : fill(report.second_row_of, {section}),
    secondRowEmpty: report.second_row_empty,
    writeRow: (label: string, wanted: 'read' | 'none'): string =>
      fill(wanted === 'read' ? report.write_row_read : report.write_row_none, {label}),
    guideSays: (sentence: string): string => fill(filled.guideSays, {sentence}),
    stripeSays: (hint: string): string => fill(filled.stripeSays, {hint}),
    missingRow: (label: string): string => fill(report.missing_row, {label}),
    excessRow: (label: string): string => fill(report.excess_row, {label}),
    maybeOther: report.maybe_other,
    connectBox: report.connect_box,
    missOut: (format: Format, missed: readonly TableName[]): string =>
      fill(report.miss_out, {tables: format.list(missed.map((name) => tables[name].lower))}),
    missNothing: report.miss_nothing,
    unclearTitle: report.unclear,
    lookTitle: (format: Format, count: number): string => counted(format, count, report.look),
    lookGroup: (format: Format, count: number, wanted: 'read' | 'none'): string =>
      counted(format, count, wanted === 'read' ? report.look_read : report.look_none),
    lookIn: (format: Format, sections: readonly string[]): string =>
      fill(report.look_in, {sections: format.list(sections)}),
    rightTitle: (format: Format, count: number): string => counted(format, count, report.right),
    writeNotChecked: report.write_not_checked,
    lookWrite: report.look_write,
    lookWriteAll: report.look_write_all,
    lookWriteOf: (labels: string): string => fill(report.look_write_of, {labels}),
    lookSecondRow: report.look_second_row,
    lookSecondRowNone: report.look_second_row_none,
    lookAt: (wanted: 'read' | 'none'): string => fill(filled.lookAt, {level: level(wanted)}),
  }
}

function pullSentences({page: {filled, counted: forms, tables, states}}: Language) {
  const rows = (format: Format, count: number): string => counted(format, count, forms.rows)
  return {
    connectedSince: (when: string): string => fill(filled.connectedSince, {when}),
    ask: (format: Format, requests: number, sent: number): string =>
      fill(filled.ask, {
        requests: format.count(requests),
        sent: format.count(sent),
        included: format.count(REQUESTS_INCLUDED),
      }),
    rowsSoFar: rows,
    perSecond: (format: Format, rate: number): string => fill(filled.perSecond, {rate: format.count(Math.round(rate))}),
    timeLeft: (format: Format, seconds: number): string => fill(filled.timeLeft, {time: format.duration(seconds)}),
    waitingFor: (format: Format, seconds: number | null): string =>
      seconds === null ? filled.waitingFor : fill(filled.waitingForTime, {time: format.duration(seconds)}),
    shareOf: (share: string): string => fill(filled.shareOf, {share}),
    complete: (format: Format, table: TableName, count: number): string => counted(format, count, tables[table].rows),
    none: (table: TableName): string => tables[table].none,
    noneWhy: (table: TableName): string => tables[table].noneWhy,
    refusedTable: (format: Format, table: TableName, labels: readonly string[]): string =>
      fill(filled.refusedTable, {labels: format.list(labels.length > 0 ? labels : [english.page.tables[table].title])}),
    refusedTitle: (table: TableName): string => tables[table].refused,
    partialTable: (format: Format, count: number, share: string): string =>
      fill(filled.partialTable, {rows: rows(format, count), share}),
    rowsOf: (table: TableName): string => tables[table].title,
    rowOf: (table: TableName): string => tables[table].one,
    tableState: (state: PullState): string => states[state],
  }
}

function dataSentences(language: Language) {
  const {filled, counted: forms, tables, issues, figures, charts, series, formats} = language.page
  const columns: Named = language.page.columns
  const statuses: Named = language.page.statuses
  const figureWords: Named = figures
  const seriesWords: Named = series
  const issueWords: Partial<Record<ErrorCode, string>> = issues
  const error = errorsOf(language)
  const rows = (format: Format, count: number): string => counted(format, count, forms.rows)
  const columnTitle = (name: string): string => columns[name] ?? spelledOut(name)
  return {
    error,
    columnTitle,
    statusWord: (status: string): string => statuses[status] ?? spelledOut(status),
    figure: (name: string): string => figureWords[name] ?? spelledOut(name),
    moreCurrencies: (format: Format, count: number): string => counted(format, count, forms.moreCurrencies),
    issues: (format: Format, count: number): string => counted(format, count, forms.issues),
    issue: (format: Format, code: ErrorCode, count: number, column: string): string => {
      const words = issueWords[code]
      const which = rows(format, count)
      return words === undefined
        ? `${which}: ${error(format, code).title}`
        : fill(words, {rows: which, column: `\u201c${columnTitle(column)}\u201d`})
    },
    search: (table: TableName): string => tables[table].search,
    filters: (format: Format, count: number): string => counted(format, count, forms.filters),
    shown: (format: Format, count: number, total: number): string =>
      fill(filled.shown, {count: format.count(count), total: format.count(total)}),
    noMatch: (table: TableName): string => tables[table].noMatch,
    pinColumn: (column: string): string => fill(filled.pinColumn, {column}),
    resize: (column: string): string => fill(filled.resize, {column}),
    exportTitle: (table: TableName): string => tables[table].export,
    exportFormat: (format: ExportFormat): string => formats[format].title,
    exportFormatHint: (format: ExportFormat): string => formats[format].hint,
    exportShown: (format: Format, count: number): string => fill(filled.exportShown, {rows: rows(format, count)}),
    exportAll: (format: Format, count: number): string => fill(filled.exportAll, {rows: rows(format, count)}),
    exporting: (format: Format, done: number, total: number): string =>
      fill(filled.exporting, {done: format.count(done), total: format.count(total)}),
    exported: (name: string): string => fill(filled.exported, {name}),
    chartTitle: (chart: keyof typeof charts): string => charts[chart].title,
    chartHint: (chart: keyof typeof charts): string => charts[chart].hint,
    chartSeries: (name: string): string => seriesWords[name] ?? spelledOut(name),
  }
}

export function stringsOf(language: Language) {
  return {
    ...language.page.plain,
    guide: language.guide,
    ...keySentences(language),
    ...reportSentences(language),
    ...pullSentences(language),
    ...dataSentences(language),
  } as const
}

export type Strings = ReturnType<typeof stringsOf>
