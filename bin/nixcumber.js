#!/usr/bin/env node
/** Starts nixcumber from a clone and from node_modules alike. Plain JavaScript, and old syntax: it must be able to tell an old Node what is wrong. */
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`nixcumber needs Node.js 20.19 or newer\n\n  Got        ${process.versions.node}, ${process.execPath}`)
  process.exit(3)
}
await import('./pin.js')
const { importOwn } = await import('./compiled.js')
const { main } = await importOwn('support/cli/main.ts')
await main(process.argv.slice(2))
