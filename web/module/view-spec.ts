// A view as the module reads it: see FromJs() in src/wasm/js_types.h.

import type {RowCondition, RowView} from './types.js'

/**
 * The text in the other case, character for character, so that C++ compares either without knowing Unicode's
 * tables. One whose other case is not one character ("ß", "SS") stands as it is.
 */
export function otherCase(text: string): string {
  return Array.from(text, (one) => {
    const lower = one.toLowerCase()
    const other = lower === one ? one.toUpperCase() : lower
    return [...other].length === 1 ? other : one
  }).join('')
}

function conditionSpec(condition: RowCondition): readonly string[] {
  if ('contains' in condition) {
    const {contains, columns} = condition
    return ['c', columns.join(), contains, otherCase(contains)]
  }
  if ('isOneOf' in condition) return ['i', condition.column, condition.isOneOf.join('\n'), '']
  const {column, from = Number.MIN_SAFE_INTEGER, to = Number.MAX_SAFE_INTEGER} = condition
  return ['b', column, Math.ceil(from).toFixed(0), Math.floor(to).toFixed(0)]
}

export function viewSpec({where = [], sort = 'created', descending = sort === 'created'}: RowView): readonly string[] {
  return [sort, descending ? 'd' : 'a', ...where.flatMap(conditionSpec)]
}
