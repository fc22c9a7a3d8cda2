// A report as plain text, to be mailed to whoever holds the Stripe account: the same
// lines as the command line tool's `report` gives.

import type {Finding, PermissionReport} from '../module/types.js'
import {missedTables, notChecked, openToWrite, toChange, toLookAt} from './state.js'
import type {Speech} from './speech.js'

export interface Section {
  readonly name: string
  readonly findings: readonly Finding[]
}

function grouped(findings: readonly Finding[], keyOf: (finding: Finding) => string): readonly Section[] {
  const groups = new Map<string, Finding[]>()
  for (const finding of findings) {
    const name = keyOf(finding)
    const known = groups.get(name)
    if (known) known.push(finding)
    else groups.set(name, [finding])
  }
  return [...groups].map(([name, list]) => ({name, findings: list}))
}

/** Both in the order they came; the second row has sections of its own. */
export function bySection({words}: Speech, findings: readonly Finding[]): readonly Section[] {
  return grouped(findings, ({column, section}) =>
    column === 'connect' ? words.secondRowOf(section) : section,
  )
}

/** The whole second row, where all of it is empty, has no label of Stripe's. */
export function whatToDo({words}: Speech, {label, verdict, shown, wanted}: Finding): string {
  if (label === '') return words.secondRowEmpty
  if (verdict === 'missing') return words.missingRow(label)
  return shown === 'write' ? words.writeRow(label, wanted) : words.excessRow(label)
}

/** What else is to be said of a row to change. */
export function besides(
  {words}: Speech,
  {implied, shown, connectColumn}: Finding,
  {secondRow}: PermissionReport,
): readonly string[] {
  const unseen = secondRow === 'not_known' || secondRow === 'not_asked'
  return [
    ...(implied && shown !== 'write' ? [words.maybeOther] : []),
    ...(connectColumn && unseen ? [words.connectBox] : []),
  ]
}

export function verdictTitle({words, format}: Speech, changes: number, unclear: number): string {
  if (changes > 0) return words.verdictChange(format, changes)
  return unclear > 0 ? words.verdictAskAgain(format, unclear) : words.verdictRight
}

export interface Look {
  readonly title: string
  readonly detail: string
  /** Empty for what no row says by itself. */
  readonly rows: readonly Finding[]
  readonly id: string
}

/** What nobody can show from outside: the key as a whole, then the rows of each rule. */
export function looks(speech: Speech, report: PermissionReport): readonly Look[] {
  const {words, format} = speech
  const list: Look[] = []
  const open = openToWrite(report)
  if (open.length > 0) {
    const labels = format.list(open.map(({label}) => label))
    const detail = report.writeChecked ? words.lookWriteOf(labels) : words.lookWriteAll
    list.push({id: 'write', title: words.lookWrite, detail, rows: []})
  }
  if (report.secondRow === 'not_known' || report.secondRow === 'no_accounts') {
    const detail = report.secondRow === 'not_known' ? words.lookSecondRow : words.lookSecondRowNone
    list.push({id: 'second-row', title: words.secondRow, detail, rows: []})
  }
  const rules = grouped(toLookAt(report), ({rule, wanted}) => `${String(rule)} ${wanted}`)
  for (const {findings: rows} of rules) {
    const sections = bySection(speech, rows).map(({name}) => name)
    const title = words.lookGroup(format, rows.length, rows[0]?.wanted ?? 'none')
    list.push({id: '', title, detail: words.lookIn(format, sections), rows})
  }
  return list
}

export function reportText(speech: Speech, report: PermissionReport): string {
  const {words, format} = speech
  if (report.whole !== null) {
    const {title, body} = words.error(format, report.whole)
    return `${title}.\n${body}\n`
  }
  const changes = toChange(report)
  const unclear = notChecked(report)
  const missed = missedTables(changes)
  const look = looks(speech, report)
  const right = report.findings.filter(({weight}) => weight === 'right').length
  const lines = [
    verdictTitle(speech, changes.length, unclear.length),
    ...bySection(speech, changes).flatMap(({name, findings}) => [
      '',
      name,
      ...findings.map((row) => ['-', whatToDo(speech, row), ...besides(speech, row, report)].join(' ')),
    ]),
    ...(changes.length > 0
      ? ['', missed.length > 0 ? words.missOut(format, missed) : words.missNothing]
      : []),
    ...(unclear.length > 0 ? ['', words.unclearTitle] : []),
    ...unclear.map(({label, reason}) =>
      reason === null ? `- ${label}` : `- ${label}: ${words.error(format, reason).title}.`,
    ),
    ...(look.length > 0 ? ['', words.lookTitle(format, look.length)] : []),
    ...look.map(({title, detail}) => `- ${title}. ${detail}`),
    ...(right > 0 ? ['', `${words.rightTitle(format, right)}.`] : []),
    ...(right > 0 && !report.writeChecked ? [words.writeNotChecked] : []),
  ]
  return lines.map((line) => `${line}\n`).join('')
}
