import assert from 'node:assert/strict'
import {test} from 'node:test'
import {cellAfter, type GridPlace} from '../../web/element/parts/grid-keys.js'
import {RowCache} from '../../web/element/parts/row-cache.js'
import {drawnAt, scrollScale, scrollTopFor, TALLEST} from '../../web/element/parts/scaled-scroll.js'

const ROW = 44
const VIEW = 560

test('a table that fits is not scaled', () => {
  assert.deepEqual(scrollScale(100_000 * ROW, VIEW), {height: 4_400_000, ratio: 1})
})

test('a million rows stay below what browsers draw, and both ends are reached', () => {
  const total = 1_000_000 * ROW
  const {height, ratio} = scrollScale(total, VIEW)
  assert.equal(height, TALLEST)
  const bottom = height - VIEW
  assert.ok(Math.abs(bottom * ratio + VIEW - total) < 0.001)
  // The last row, drawn at the bottom, ends where the box ends.
  const last = drawnAt(bottom, ratio, total - ROW)
  assert.ok(Math.abs(last + ROW - height) < 0.001)
})

test('a row is brought into view with the least movement', () => {
  for (const ratio of [1, 5.5]) {
    const row = (index: number): {start: number; end: number} => ({start: index * ROW, end: (index + 1) * ROW})
    assert.equal(scrollTopFor(row(3), 0, VIEW, ratio), 0)
    assert.equal(scrollTopFor(row(0), 1000, VIEW, ratio), 0)
    const top = scrollTopFor(row(500), 0, VIEW, ratio)
    assert.ok(Math.abs(top * ratio + VIEW - 501 * ROW) < 0.001)
    assert.equal(scrollTopFor(row(500), top, VIEW, ratio), top)
  }
})

test('rows are asked for by blocks, and again after they have changed', () => {
  let asked = 0
  const cache = new RowCache(
    {
      rows: (columns, start, count) => {
        asked++
        return {
          start,
          columns: columns.map((name) => Array.from({length: count}, (_, i) => `${name}${String(start + i)}`)),
        }
      },
    },
    ['id', 'total'],
  )
  assert.equal(cache.cell(0, 'id'), 'id0')
  assert.equal(cache.cell(127, 'total'), 'total127')
  assert.equal(asked, 1)
  assert.equal(cache.cell(128, 'id'), 'id128')
  assert.equal(asked, 2)
  assert.equal(cache.cell(3, 'nothing'), undefined)
  cache.forget()
  assert.equal(cache.cell(0, 'id'), 'id0')
  assert.equal(asked, 3)
})

test('keys lead through the grid and not out of its columns', () => {
  const place: GridPlace = {row: 20, column: 2, page: 12, right: 1, lastRow: 999, lastColumn: 5}
  const after = (key: string, far = false, change: Partial<GridPlace> = {}): unknown => {
    const target = cellAfter(key, far, {...place, ...change})
    return target && [target.row, target.column]
  }
  assert.deepEqual(after('ArrowDown'), [21, 2])
  assert.deepEqual(after('ArrowUp'), [19, 2])
  assert.deepEqual(after('ArrowRight'), [20, 3])
  assert.deepEqual(after('ArrowRight', false, {right: -1}), [20, 1])
  assert.deepEqual(after('ArrowRight', false, {column: 5}), [20, 5])
  assert.deepEqual(after('ArrowLeft', false, {column: 0}), [20, 0])
  assert.deepEqual(after('PageDown'), [32, 2])
  assert.deepEqual(after('PageUp', false, {row: 3}), [0, 2])
  assert.deepEqual(after('Home'), [20, 0])
  assert.deepEqual(after('Home', true), [0, 0])
  assert.deepEqual(after('End'), [20, 5])
  assert.deepEqual(after('End', true), [999, 5])
  assert.equal(after('a'), null)
})
