// The tables of README.md, made from the element's manifest (dist/custom-elements.json), so that they
// say what the code says. `npm run readme` writes them; a test compares.

import {readFileSync, writeFileSync} from 'node:fs'
import {target} from './vite.shared.js'

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')

interface Described {
  readonly name: string
  readonly description?: string
  readonly type?: {readonly text: string}
  readonly default?: string
}
interface Member extends Described {
  readonly kind: 'field' | 'method'
  readonly attribute?: string
  readonly privacy?: string
  readonly return?: {readonly type: {readonly text: string}}
}
interface Element {
  readonly attributes: readonly Described[]
  readonly events: readonly Described[]
  readonly slots: readonly Described[]
  readonly members: readonly Member[]
  readonly cssParts: readonly Described[]
  readonly cssProperties: readonly Described[]
}

const manifest = JSON.parse(read('dist/custom-elements.json')) as {modules: [{declarations: [Element]}]}
const element = manifest.modules[0].declarations[0]

const line = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |`
const code = (text: string): string => `\`${text.replaceAll('|', '\\|')}\``
const words = ({description = ''}: Described): string => description.replaceAll(/\s+/g, ' ').replaceAll('|', '\\|')
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [line(...head), line(...head.map(() => '---')), ...rows.map((row) => line(...row))].join('\n')

const properties = element.members.filter(({kind, attribute}) => kind === 'field' && attribute === undefined)
const methods = element.members.filter(({kind}) => kind === 'method')
const budget = JSON.parse(read('../scripts/size_budget.json')) as Record<string, number>

const blocks: Record<string, string> = {
  attributes: [
    table(
      ['attribute', 'type', 'by default', ''],
      element.attributes.map((one) => [code(one.name), code(one.type?.text ?? ''), code(one.default ?? ''), words(one)]),
    ),
    table(
      ['property alone', 'type', ''],
      properties.map((one) => [code(one.name), code(one.type?.text ?? ''), words(one)]),
    ),
  ].join('\n\n'),
  events: table(
    ['event', 'type', ''],
    element.events.map((one) => [code(one.name), code(one.type?.text ?? ''), words(one)]),
  ),
  methods: table(
    ['method', 'gives', ''],
    methods.map((one) => [code(`${one.name}()`), code(one.return?.type.text ?? ''), words(one)]),
  ),
  looks: table(
    ['', 'name', ''],
    [
      ...element.slots.map((one) => ['slot', code(one.name), words(one)]),
      ...element.cssParts.map((one) => ['part', code(one.name), words(one)]),
      ...element.cssProperties.map((one) => ['property', code(one.name), words(one)]),
    ],
  ),
  support: [
    `Nothing older than ${target.map((name) => name.replace(/(\d)/, ' $1')).join(', ')}.`,
    `At most ${String(budget['module_brotli_kb'])} KB for the module and ${String(budget['element_brotli_kb'])} KB for the element, with Brotli; what is not needed at once comes when it is.`,
  ].join('\n'),
}

export const readme = read('README.md')

/** Each block stands between `<!-- name -->` and `<!-- -->`. */
export const filled = readme.replaceAll(
  /(<!-- (\w+) -->\n\n).*?\n*(?=<!-- -->)/gs,
  (_, start: string, name: string) => `${start}${blocks[name] ?? ''}\n\n`,
)

if (process.argv.includes('--write')) writeFileSync(new URL('README.md', import.meta.url), filled)
