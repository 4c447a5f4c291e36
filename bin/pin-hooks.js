/** The half of typescript.js that Node runs on its loader thread. */
let self = ''
let names = new Set()
let sources = ''
let compiled

export function initialize(data) {
  self = data.self
  names = new Set(data.names)
  sources = data.sources
  compiled = data.compiled
}

/** Resolves pinned names as if typescript.js itself had imported them, and our sources to what runs of them: a second copy would have classes of its own. */
export async function resolve(specifier, context, next) {
  const resolved = await next(specifier, names.has(specifier) ? { ...context, parentURL: self } : context)
  const own = compiled && OWN.exec(resolved.url.startsWith(sources) ? resolved.url.slice(sources.length) : '')
  return own ? { ...resolved, format: 'module', url: `${compiled}${own[1]}.js` } : resolved
}

/** As compiled.js chooses. */
const OWN = /^(?!.*(?:\/testing\/|\.test\.ts$))((?:steps|support)\/[^?]*)\.ts$/
