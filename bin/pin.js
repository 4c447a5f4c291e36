/**
 * Pins 'nixcumber' and '@cucumber/cucumber' to the copies that run, wherever CommonJS takes them from: a second copy of cucumber (linked
 * package, pnpm, a user's own version) would refuse every Given. Must run in each process that loads steps; typescript.js does the same for modules.
 */
import Module, { createRequire } from 'node:module'

export const PINNED = ['@cucumber/cucumber', 'nixcumber']
const KEY = Symbol.for('nixcumber.pin')

if (!globalThis[KEY]) {
  globalThis[KEY] = true
  const require = createRequire(import.meta.url)
  const pinned = new Map(PINNED.map(name => [name, require.resolve(name)]))
  pinned.set('regexp-match-indices', require.resolve('../support/cucumber/loading/match-indices.cjs'))

  // CommonJS would load our TypeScript a second time, with classes of its own: it gets the copy that runs.
  const load = Module._load
  Module._load = function (name, ...rest) {
    return (name === 'nixcumber' && globalThis[Symbol.for('nixcumber.module')]) || load.call(this, name, ...rest)
  }

  // Resolved above, before this replaces the resolver: `require.resolve` uses it too.
  const original = Module._resolveFilename
  Module._resolveFilename = function (name, ...rest) {
    return pinned.get(name) ?? original.call(this, name, ...rest)
  }
}
