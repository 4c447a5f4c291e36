/**
 * Makes TypeScript loadable, and pins for modules what pin.js pins for CommonJS. It begins a thread through which everything goes that is loaded
 * afterwards, so it is called when there is TypeScript to load, and no sooner.
 */
import { register as registerHooks } from 'node:module'
import { pathToFileURL } from 'node:url'
import { withOwnCache } from './cache-folder.js'
import { compiledFolder, PACKAGE } from './compiled.js'
import { PINNED } from './pin.js'

let ready

/** From when this has ended, a project's own TypeScript can be imported. Calls after the first cost nothing. */
export const makeTypeScriptLoadable = () => {
  ready ??= register()
  return ready
}

const register = () =>
  withOwnCache(async () => {
    const compiled = await compiledFolder()
    // Before tsx: the thread that is begun here gets the environment as it is now.
    registerHooks('./pin-hooks.js', {
      parentURL: import.meta.url,
      data: {
        self: import.meta.url,
        names: PINNED,
        sources: pathToFileURL(`${PACKAGE}/`).href,
        compiled: compiled && pathToFileURL(`${compiled}/`).href,
      },
    })
    const [esm, cjs] = await Promise.all([import('tsx/esm/api'), import('tsx/cjs/api')])
    esm.register()
    cjs.register()
  })
