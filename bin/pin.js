/**
 * Makes TypeScript loadable, and pins 'nixcumber' and '@cucumber/cucumber' to the copies that run, wherever they are imported from:
 * a second copy of cucumber (linked package, pnpm, a user's own version) would refuse every Given. Must run in each process that loads steps.
 */
import Module, { createRequire, register as registerHooks } from 'node:module'
import { withOwnCache } from './cache-folder.js'

const KEY = Symbol.for('nixcumber.pin')
if (!globalThis[KEY]) {
  globalThis[KEY] = true
  const require = createRequire(import.meta.url)
  const pinned = new Map(['@cucumber/cucumber', 'nixcumber'].map(name => [name, require.resolve(name)]))
  pinned.set('regexp-match-indices', require.resolve('../support/cucumber/match-indices.cjs'))

  await withOwnCache(async () => {
    // Before tsx: the thread that is begun here gets the environment as it is now.
    registerHooks('./pin-hooks.js', {
      parentURL: import.meta.url,
      data: { self: import.meta.url, names: [...pinned.keys()] },
    })
    const [esm, cjs] = await Promise.all([import('tsx/esm/api'), import('tsx/cjs/api')])
    esm.register()
    cjs.register()
  })

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
