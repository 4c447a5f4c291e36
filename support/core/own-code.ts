/** nixcumber's own files as they run: from the sources, or as bin/compiled.js has made JavaScript of them. */
import { join, relative, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const PACKAGE = resolve(import.meta.dirname, '../..')

/**
 * What is to be imported for a source of nixcumber's: a second copy would have classes of its own.
 * @param source an absolute path below the package
 */
export function loadable(source: string): string {
  const compiled = (globalThis as { [key: symbol]: unknown })[Symbol.for('nixcumber.compiled')]
  if (typeof compiled !== 'string') return source
  return join(compiled, relative(PACKAGE, source).replace(/\.ts$/, '.js'))
}

/** Makes the TypeScript of a project loadable. */
export async function makeTypeScriptLoadable(): Promise<void> {
  const loaded: { makeTypeScriptLoadable(): Promise<void> } = await import(
    pathToFileURL(join(PACKAGE, 'bin/typescript.js')).href
  )
  await loaded.makeTypeScriptLoadable()
}
