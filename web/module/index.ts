// The typed module API: everything the page may know about the engine, with no
// DOM in it.

export {errorCodes, SessionError} from './errors.js'
export {openSession} from './glue.js'
export type {Session, SessionOptions} from './session.js'
export type {Table} from './table.js'
export type * from './types.js'
