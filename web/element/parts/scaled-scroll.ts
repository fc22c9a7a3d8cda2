// Long tables in a short box: browsers draw no element taller than some 17 million
// pixels (Firefox 17.8, Chromium 33), which 400,000 rows would pass. Beyond the limit
// the box stays as tall as it can be and each pixel of it stands for several.

/** Below every browser's limit. */
export const TALLEST = 8_000_000

export interface ScrollScale {
  /** Height of the box that is scrolled. */
  readonly height: number
  /** Pixels of the table for one pixel of the box. */
  readonly ratio: number
}

export function scrollScale(tableHeight: number, viewport: number): ScrollScale {
  if (tableHeight <= TALLEST || viewport >= TALLEST) return {height: tableHeight, ratio: 1}
  return {height: TALLEST, ratio: (tableHeight - viewport) / (TALLEST - viewport)}
}

/** Where the first drawn row stands in the box, so that it shows where it belongs. */
export function drawnAt(scrollTop: number, ratio: number, rowStart: number): number {
  return scrollTop + rowStart - scrollTop * ratio
}

/** The scroll position that brings a row into view with the least movement. */
export function scrollTopFor(
  row: {readonly start: number; readonly end: number},
  scrollTop: number,
  viewport: number,
  ratio: number,
): number {
  const top = scrollTop * ratio
  if (row.start < top) return row.start / ratio
  if (row.end > top + viewport) return (row.end - viewport) / ratio
  return scrollTop
}
