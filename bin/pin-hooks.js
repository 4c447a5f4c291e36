/** The half of pin.js that Node runs on its loader thread. */
let self = ''
let names = new Set()

export function initialize(data) {
  self = data.self
  names = new Set(data.names)
}

/** Resolves pinned names as if pin.js itself had imported them. */
export const resolve = (specifier, context, next) =>
  next(specifier, names.has(specifier) ? { ...context, parentURL: self } : context)
