// The sentences for each error code: what it is and what to do about it. The words
// stand in words.en.json, which the command line tool says as well; the page never
// shows a code.

import type {ErrorCode} from '../module/errors.js'
import type {Format} from './format.js'
import type {Mentioned, Sentences, Step} from './strings.js'
import words from './words.en.json' with {type: 'json'}

const KEY_LENGTH_TODAY = 107

interface Told {
  readonly title: string
  readonly body: string
  readonly step: string
  /** What is said instead when it is known what was pasted. */
  readonly known?: {readonly title?: string; readonly body?: string}
}

// Complete by its type.
const errors: Record<ErrorCode, Told> = words.errors
const kinds: Readonly<Record<string, string>> = words.kinds

/** "{label} is set to None", with what it mentions. */
export function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole)
}

/** What the sentences may mention, or null when it is not all known. */
function found(code: ErrorCode, format: Format, {verdict}: Mentioned): Record<string, string> | null {
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

export function errorSentences(code: ErrorCode, format: Format, mentioned: Mentioned): Sentences {
  const {title, body, step, known} = errors[code]
  const values = known ? found(code, format, mentioned) : null
  return {
    title: values && known?.title ? fill(known.title, values) : title,
    body: values && known?.body ? fill(known.body, values) : body,
    // The build has checked that it is one.
    step: step as Step,
  }
}
