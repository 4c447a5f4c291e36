/** Makes JavaScript of nixcumber's own TypeScript, file by file, as it is then run from another folder. */
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { PACKAGE } from './compiled.js'

/** Milliseconds for which what no run has used is kept. */
const KEPT = 7 * 24 * 60 * 60_000

/**
 * @param paths of sources, below the package
 * @param folder where the JavaScript is to be: there whole or not at all, also when two processes make it at once
 */
export async function compile(paths, folder) {
  const cache = dirname(folder)
  prune(cache)
  const draft = mkdtempSync(join(cache, '.making-'))
  try {
    const { outputFiles } = await build({
      entryPoints: paths,
      absWorkingDir: PACKAGE,
      outbase: PACKAGE,
      outdir: draft,
      format: 'esm',
      bundle: true,
      treeShaking: false,
      plugins: [keepImports],
      platform: 'node',
      target: 'node20',
      sourcemap: 'external',
      sourcesContent: false,
      write: false,
      logLevel: 'silent',
    })
    writeFileSync(join(draft, 'package.json'), '{ "type": "module" }\n')
    const made = new Map(outputFiles.map(({ path, text }) => [path, text]))
    for (const path of made.keys()) {
      if (path.endsWith('.map')) continue
      const source = join(PACKAGE, relative(draft, path).replace(/\.js$/, '.ts'))
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, `${inPlace(made.get(path), source)}${mapTo(source, made.get(`${path}.map`))}`)
    }
    renameInto(draft, folder)
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
}

/** The other process that made the same was faster: what it made is the same. */
function renameInto(draft, folder) {
  try {
    renameSync(draft, folder)
  } catch (error) {
    if (!['EEXIST', 'ENOTEMPTY'].includes(error.code)) throw error
  }
}

const META = {
  'import.meta.dirname': source => dirname(source),
  'import.meta.url': source => pathToFileURL(source).href,
}

/** What a file says of its place stays true of its source. */
const inPlace = (text, source) =>
  Object.entries(META).reduce((changed, [what, value]) => changed.replaceAll(what, JSON.stringify(value(source))), text)

/** So that errors and step definitions name lines of the source, wherever the JavaScript lies. */
function mapTo(source, map) {
  const absolute = { ...JSON.parse(map), sources: [pathToFileURL(source).href] }
  return `\n//# sourceMappingURL=data:application/json;base64,${Buffer.from(JSON.stringify(absolute)).toString('base64')}\n`
}

/** Every import stays one, of what is to be found from the place of the JavaScript. */
const keepImports = {
  name: 'keep-imports',
  setup({ onResolve }) {
    onResolve({ filter: /./ }, ({ kind, path, importer }) =>
      kind === 'entry-point' ? undefined : { path: target(path, relative(PACKAGE, importer)), external: true },
    )
  },
}

function target(name, path) {
  if (name.startsWith('.')) return name.replace(/\.ts$/, '.js')
  if (name.startsWith('node:')) return name
  if (name === 'nixcumber') return up(relative(dirname(path), 'support/world/index.js'))
  try {
    return import.meta.resolve(name)
  } catch {
    return name
  }
}

const up = path => (path.startsWith('.') ? path : `./${path}`)

/** What other states of the sources, and processes that were killed, have left. */
function prune(cache) {
  for (const name of readdirSync(cache)) {
    const folder = join(cache, basename(name))
    try {
      if (Date.now() - statSync(folder).mtimeMs > KEPT) rmSync(folder, { recursive: true, force: true })
    } catch {
      // another process was faster
    }
  }
}
