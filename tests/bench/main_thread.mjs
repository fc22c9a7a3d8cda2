// What a page's main thread did, from Chromium's own trace: its tasks, how long each took by the clock
// and in time of the thread itself (the difference is other processes' on a shared machine), and what
// the longest were made of.

// https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU: "ph": "X" is a span,
// times in microseconds.
const TASK = 'RunTask'
export const CATEGORIES = ['toplevel', 'blink.user_timing', 'devtools.timeline', 'disabled-by-default-devtools.timeline', '__metadata']

export async function traced(browser, page, work) {
  await browser.startTracing(page, {categories: CATEGORIES})
  let result
  try {
    await page.evaluate(MARK)
    result = await work()
  } finally {
    const trace = JSON.parse((await browser.stopTracing()).toString('utf8'))
    const events = trace.traceEvents
    result = {result, tasks: tasksOf(events), handled: (type) => handledIn(events, type)}
  }
  return result
}

/** To be set in the page while the trace runs: other pages have main threads too. */
export const MARK = "performance.mark('bench')"

const inMilliseconds = ({dur, tdur}) => ({ms: dur / 1000, threadMs: (tdur ?? dur) / 1000})

/** How long each DOM event of a type was with its listeners. */
function handledIn(events, type) {
  return mainSpans(events)
    .filter(({name, args}) => name === 'EventDispatch' && args?.data?.type === type)
    .map(inMilliseconds)
}

function mainSpans(events) {
  const pid = events.find(({name, cat}) => name === 'bench' && cat.includes('blink.user_timing'))?.pid
  const main = events.find((one) => one.name === 'thread_name' && one.args?.name === 'CrRendererMain' && one.pid === pid)
  if (!main) throw new Error('the trace has no main thread of the page')
  return events.filter(({ph, tid, pid: of}) => ph === 'X' && of === main.pid && tid === main.tid)
}

/** The longest first. */
export function tasksOf(events) {
  const spans = mainSpans(events)
  const parts = spans.filter(({name}) => !/RunTask|^ThreadController|SimpleWatcher|Receive mojo|^Scheduler/.test(name))
  return spans
    .filter(({name}) => name === TASK)
    .map((task) => ({...inMilliseconds(task), of: () => partsOf(task, parts)}))
    .sort((a, b) => b.ms - a.ms)
}

/** The longest things in a task, by name: "FunctionCall element.js 12 ms". */
function partsOf(task, parts) {
  const sums = new Map()
  for (const {name, ts, dur = 0, args} of parts) {
    if (ts < task.ts || ts + dur > task.ts + task.dur || dur < 500) continue
    const {functionName = '', url = ''} = args?.data ?? {}
    const label = [name, functionName, url.split('/').at(-1)].filter(Boolean).join(' ')
    sums.set(label, (sums.get(label) ?? 0) + dur / 1000)
  }
  return [...sums].sort((a, b) => b[1] - a[1]).slice(0, 6).map(([name, ms]) => `${name} ${ms.toFixed(1)} ms`)
}
