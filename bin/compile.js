/**
 * Makes one JavaScript file of nixcumber's own TypeScript and of the small packages it takes: hundreds of files take longer to find and load than a short run
 * takes. In it each module begins when it is first asked for, as it would by itself; beside it lies a file for each source, under its path, that asks for it.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { decode } from '@jridgewell/sourcemap-codec'
import { build } from 'esbuild'
import { BUNDLED, PACKAGE } from './compiled.js'
import { SOURCES, TABLE } from './stack.js'

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
    const [all, exported] = await Promise.all([bundle(paths, draft), exportsOf(paths)])
    writeFileSync(join(draft, 'package.json'), '{ "type": "module" }\n')
    for (const { path, contents } of all) writeFileSync(path, contents)
    for (const path of paths) writeStub(join(draft, path.replace(/\.ts$/, '.js')), path, exported.get(path), draft)
    renameInto(draft, folder)
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
}

const common = {
  absWorkingDir: PACKAGE,
  format: 'esm',
  bundle: true,
  platform: 'node',
  target: 'node20',
  write: false,
  logLevel: 'silent',
}

/** The file with everything, and what stack.js needs to name lines of the sources. */
async function bundle(paths, folder) {
  const { outputFiles } = await build({
    ...common,
    stdin: {
      contents: `export const modules = {${paths.map(path => `${JSON.stringify(path)}: () => import('./${path}')`)}}`,
      resolveDir: PACKAGE,
    },
    outfile: join(folder, 'all.js'),
    banner: {
      js: `import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(${META.url(join(PACKAGE, 'package.json'))})`,
    },
    plugins: [oneOfEach, inPlace],
    minifyWhitespace: true,
    minifySyntax: true,
    sourcemap: 'external',
    sourcesContent: false,
  })
  const map = outputFiles.find(({ path }) => path.endsWith('.map'))
  const code = outputFiles.find(file => file !== map)
  return [{ path: code.path, contents: code.contents }, ...positions(JSON.parse(map.text), folder)]
}

/** What stack.js reads of a map. */
function positions({ mappings, sources }, folder) {
  const entries = decode(mappings).flatMap((segments, line) =>
    segments.flatMap(([column, ...source]) => (source.length < 3 ? [] : [line, column, ...source.slice(0, 3)])),
  )
  return [
    { path: join(folder, TABLE), contents: new Uint8Array(Int32Array.from(entries).buffer) },
    { path: join(folder, SOURCES), contents: JSON.stringify(sources.map(source => resolve(folder, source))) },
  ]
}

/** @returns of each source the names it exports */
async function exportsOf(paths) {
  const { metafile } = await build({ ...common, bundle: false, entryPoints: paths, outdir: PACKAGE, metafile: true })
  return new Map(Object.values(metafile.outputs).map(({ entryPoint, exports }) => [entryPoint, exports]))
}

function writeStub(file, path, names, folder) {
  const all = relative(dirname(file), join(folder, 'all.js'))
  const text = [
    `import { modules } from ${JSON.stringify(up(all))}`,
    `const module = await modules[${JSON.stringify(path)}]()`,
    ...names.map(name =>
      name === 'default' ? 'export default module.default' : `export const ${name} = module.${name}`,
    ),
  ]
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${text.join('\n')}\n`)
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
  dirname: source => JSON.stringify(dirname(source)),
  url: source => JSON.stringify(pathToFileURL(source).href),
}

/** What a file says of its place stays true of its source. */
const inPlace = {
  name: 'in-place',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replaceAll(/\bimport\.meta\.(dirname|url)\b/g, (_, what) =>
        META[what](path),
      ),
      loader: 'ts',
    }))
  },
}

const { resolve: placeOf } = createRequire(import.meta.url)
/** Of modules that stay where they are, and begin when they are first asked for. */
const THERE = 'there'

/**
 * Of packages that users import, too, or that bring programs, there is one copy: where it is found from here. An import of a file beside this one
 * would be carried out with each start, whatever is called: they are CommonJS, and `require` can wait.
 */
const oneOfEach = {
  name: 'one-of-each',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^[^./]/ }, ({ path, importer }) => {
      if (path === 'nixcumber') return { path: join(PACKAGE, 'support/world/index.ts') }
      if (path.startsWith('node:')) return { path, external: true }
      return !importer.endsWith('.ts') || BUNDLED.includes(path) ? undefined : { path: placeOf(path), namespace: THERE }
    })
    onResolve({ filter: /./, namespace: THERE }, ({ path }) => ({ path, external: true }))
    onLoad({ filter: /./, namespace: THERE }, ({ path }) => ({
      contents: `module.exports = require(${JSON.stringify(path)})`,
    }))
  },
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
