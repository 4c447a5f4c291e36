/** Where a worker of a parallel run starts. Not for calling by hand: it does what its parent says. */
await import('./pin.js')
const { importOwn } = await import('./compiled.js')
const { work } = await importOwn('support/runner/workers/worker.ts')
work()
