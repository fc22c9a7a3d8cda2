// What rows take in the module's memory: pages made up in the shapes of Stripe's newest
// API version, read as a pull reads them. Prints one line of JSON.

const {default: load} = await import('../../build/wasm/bin/precision_bench.js')

async function measure(object, rows) {
  const module = await load()
  const bench = new module.Bench()
  const empty = bench.byteSize()
  if (!bench.readMade(object, rows / 100)) throw new Error(`${object}: a page was refused`)
  const bytes = bench.byteSize() - empty
  const figures = {object, rows, bytes, heap: module.HEAPU8.length}
  bench.delete()
  return figures
}

const all = []
for (const object of ['customer', 'payment_intent', 'charge', 'subscription']) {
  all.push(await measure(object, 100_000))
}
all.push(await measure('invoice', 1_000_000))
console.log(JSON.stringify(all))
