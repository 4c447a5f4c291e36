/**
 * What is thrown, and what cucumber notes of each step, names lines of the sources. Node itself would read the source map of everything for that, whole and
 * with each start; here it is a table that is looked up.
 */
import { readFileSync } from 'node:fs'
import { findSourceMap } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

export const [TABLE, SOURCES] = ['all.positions', 'all.sources.json']
/** Line and column in what runs, then source, line and column there; all from 0, in order. */
const FIELDS = 5

/** @param folder in which all.js lies, with the table and the sources */
export function nameSources(folder) {
  const url = pathToFileURL(join(folder, 'all.js')).href
  const table = once(() => readTable(folder))
  Error.prepareStackTrace = (error, frames) => {
    const lines = frames.map(frame => {
      const name = frame.getFileName()
      if (name === url) return placed(frame, table().find(frame))
      return placed(frame, typeof name === 'string' ? mapped(name, frame) : undefined)
    })
    return [headline(error), ...lines].join('\n    at ')
  }
}

const once = make => {
  let made
  return () => {
    made ??= make()
    return made
  }
}

/** As Node writes it, with another place. */
function placed(frame, source) {
  const text = String(frame)
  if (!source) return text
  const place = `${frame.getFileName()}:${frame.getLineNumber()}:${frame.getColumnNumber()}`
  return text.replace(place, () => source)
}

/** What tsx has made of a project's TypeScript. */
function mapped(name, frame) {
  const found = findSourceMap(name)?.findEntry(frame.getLineNumber() - 1, frame.getColumnNumber() - 1)
  if (!found?.originalSource) return undefined
  return `${asPath(found.originalSource)}:${found.originalLine + 1}:${found.originalColumn + 1}`
}

const asPath = source => (source.startsWith('file://') ? fileURLToPath(source) : source)

function headline(error) {
  try {
    return String(Error.prototype.toString.call(error))
  } catch {
    return '<error>'
  }
}

/** An error is told without lines of the sources rather than not at all. */
function readTable(folder) {
  try {
    return openTable(folder)
  } catch {
    return { find: () => undefined }
  }
}

function openTable(folder) {
  const { buffer, byteOffset, byteLength } = readFileSync(join(folder, TABLE))
  const fields = new Int32Array(buffer.slice(byteOffset, byteOffset + byteLength))
  const sources = JSON.parse(readFileSync(join(folder, SOURCES), 'utf8'))
  return {
    find(frame) {
      const at = lastBefore(fields, frame.getLineNumber() - 1, frame.getColumnNumber() - 1)
      if (at < 0) return undefined
      const [source, line, column] = fields.subarray(at + 2, at + FIELDS)
      return `${sources[source]}:${line + 1}:${column + 1}`
    },
  }
}

/** @returns where the last entry begins that is not behind that place, in the same line */
function lastBefore(fields, line, column) {
  let [low, high] = [0, fields.length / FIELDS]
  while (low < high) {
    const middle = (low + high) >> 1
    const at = middle * FIELDS
    if (fields[at] < line || (fields[at] === line && fields[at + 1] <= column)) low = middle + 1
    else high = middle
  }
  const at = (low - 1) * FIELDS
  return at >= 0 && fields[at] === line ? at : -1
}
