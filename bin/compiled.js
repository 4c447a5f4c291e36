/** nixcumber's own TypeScript as JavaScript: made once for a state of the sources, and run without tsx, which takes longer to load it than a short run takes. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, utimesSync } from 'node:fs'
import module from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ownFolder } from './cache-folder.js'
import { nameSources } from './stack.js'

export const PACKAGE = dirname(import.meta.dirname)
/** Counted up when what is made of the same sources changes. */
const FORMAT = 3

/** Packages that are only our own business. What they are when it is made, they stay: they are pinned, and package.json says to what. */
export const BUNDLED = ['commander', 'execa', 'fastest-levenshtein', 'ssh-config', 'strip-ansi', 'zod']

let made

/** @returns an absolute path, in which `support/x.ts` is `support/x.js`; undefined where nothing can be kept: then the sources themselves run */
export const compiledFolder = () => {
  made ??= findOrMake()
  return made
}

/** @param path below the package, as `support/cli/main.ts` */
export async function importOwn(path) {
  const folder = await compiledFolder()
  if (folder) {
    // Node 22.1 and newer; below the folder that only its user can write to, and gone with it.
    module.enableCompileCache?.(join(folder, 'v8'))
    return import(pathToFileURL(join(folder, path.replace(/\.ts$/, '.js'))).href)
  }
  const { makeTypeScriptLoadable } = await import('./typescript.js')
  await makeTypeScriptLoadable()
  return import(`../${path}`)
}

async function findOrMake() {
  const cache = ownFolder('compiled')
  if (cache === undefined) return undefined
  let folder
  try {
    const sources = ownSources()
    folder = join(cache, keyOf(sources))
    if (existsSync(folder)) utimesSync(folder, new Date(), new Date())
    else
      await (await import('./compile.js')).compile(
        sources.map(({ path }) => path),
        folder,
      )
  } catch {
    return undefined
  }
  nameSources(folder)
  globalThis[Symbol.for('nixcumber.compiled')] = folder
  return folder
}

/** Below the package, sorted. What only tests use is loaded as it is, when they load it. */
function ownSources() {
  const names = ['steps', 'support'].flatMap(folder =>
    readdirSync(join(PACKAGE, folder), { recursive: true, encoding: 'utf8' }).map(name => `${folder}/${name}`),
  )
  return names
    .filter(name => name.endsWith('.ts') && !/\/testing\/|\.test\.ts$/.test(name))
    .sort()
    .map(path => ({ path, stat: statSync(join(PACKAGE, path)) }))
}

/** What is made names the packages by their places: it is another one when they are found elsewhere, or other ones are asked for. */
function keyOf(sources) {
  const manifest = readFileSync(join(PACKAGE, 'package.json'), 'utf8')
  const packages = Object.keys(JSON.parse(manifest).dependencies).map(name => import.meta.resolve(name))
  const states = sources.map(({ path, stat }) => [path, stat.mtimeMs, stat.ctimeMs, stat.size])
  return createHash('sha256')
    .update(JSON.stringify([FORMAT, PACKAGE, manifest, packages, states]))
    .digest('hex')
    .slice(0, 32)
}
