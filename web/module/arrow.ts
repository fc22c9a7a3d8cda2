// Arrow's IPC stream around the record batches that the module lays out: see
// ExportFormat::kArrow in include/precision/export/table_export.h. A chunk of its
// own, loaded when somebody asks for such a file.

import {
  AsyncByteQueue,
  Bool,
  Field,
  Int64,
  makeData,
  RecordBatch,
  RecordBatchStreamWriter,
  Schema,
  Struct,
  TimestampSecond,
  Utf8,
  type Data,
  type DataType,
  type TypeMap,
} from 'apache-arrow'
import type {Encoder} from './export.js'
import type {AnyTableName, ColumnSchema} from './types.js'

function typeOf({type}: ColumnSchema): DataType {
  switch (type) {
    case 'bool':
      return new Bool()
    case 'timestamp':
      return new TimestampSecond('UTC')
    case 'int64':
    case 'money':
      return new Int64()
    case 'utf8':
    case 'dictionary':
    case 'decimal':
      return new Utf8()
  }
}

/** What the type alone does not say. */
function metadataOf({type, currencyColumn}: ColumnSchema): Map<string, string> {
  if (type === 'money') return new Map([['unit', 'minor'], ['currency_column', currencyColumn]])
  return new Map(type === 'decimal' ? [['unit', 'decimal']] : [])
}

/** Takes the buffers off a batch, each from a multiple of eight on. */
class Buffers {
  readonly #bytes: Uint8Array<ArrayBuffer>
  #at = 0

  constructor(bytes: Uint8Array<ArrayBuffer>) {
    this.#bytes = bytes
  }

  take(length: number): Uint8Array<ArrayBuffer> {
    const buffer = this.#bytes.subarray(this.#at, this.#at + length)
    this.#at += Math.ceil(length / 8) * 8
    return buffer
  }

  offsets(count: number): Int32Array<ArrayBuffer> {
    const {buffer, byteOffset} = this.take(count * 4)
    return new Int32Array(buffer, byteOffset, count)
  }

  integers(count: number): BigInt64Array<ArrayBuffer> {
    const {buffer, byteOffset} = this.take(count * 8)
    return new BigInt64Array(buffer, byteOffset, count)
  }
}

function columnData(column: ColumnSchema, length: number, buffers: Buffers): Data {
  const nullBitmap = buffers.take(Math.ceil(length / 8))
  const shared = {length, nullBitmap, nullCount: -1}
  switch (column.type) {
    case 'bool':
      return makeData({type: new Bool(), ...shared, data: buffers.take(Math.ceil(length / 8))})
    case 'timestamp':
      return makeData({type: new TimestampSecond('UTC'), ...shared, data: buffers.integers(length)})
    case 'int64':
    case 'money':
      return makeData({type: new Int64(), ...shared, data: buffers.integers(length)})
    case 'utf8':
    case 'dictionary':
    case 'decimal': {
      const valueOffsets = buffers.offsets(length + 1)
      const data = buffers.take(valueOffsets[length] ?? 0)
      return makeData({type: new Utf8(), ...shared, valueOffsets, data})
    }
  }
}

/** Keeps what is written until it is taken; the library's own only ever gives all of it. */
class Parts extends AsyncByteQueue {
  #parts: Uint8Array<ArrayBuffer>[] = []

  override write(part: ArrayBufferLike | ArrayBufferView): void {
    const view = ArrayBuffer.isView(part) ? part : new Uint8Array(part)
    this.#parts.push(new Uint8Array(view.buffer as ArrayBuffer, view.byteOffset, view.byteLength))
  }

  take(): readonly Uint8Array<ArrayBuffer>[] {
    const parts = this.#parts
    this.#parts = []
    return parts
  }
}

export function arrowEncoder(table: AnyTableName, columns: readonly ColumnSchema[]): Encoder {
  const fields = columns.map((column) => new Field(column.name, typeOf(column), column.nullable, metadataOf(column)))
  const schema = new Schema<TypeMap>(fields, new Map([['table', table]]))
  const parts = new Parts()
  const writer = new RecordBatchStreamWriter()
  writer.reset(parts, schema)
  return {
    batch: (bytes, length) => {
      if (length > 0) {
        const buffers = new Buffers(bytes.slice())
        const children = columns.map((column) => columnData(column, length, buffers))
        writer.write(new RecordBatch(schema, makeData({type: new Struct(fields), length, nullCount: 0, children})))
      }
      return parts.take()
    },
    end: () => {
      writer.finish()
      return parts.take()
    },
  }
}
