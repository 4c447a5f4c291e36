/**
 * The hosts that Nix code declares, as far as reading shows: `nixosConfigurations.t14 = …` and `nixosConfigurations = { t14 = …`.
 * Not evaluated: where this shows a host, a first feature costs no download.
 */
export function hostNames(texts: readonly string[]): string[] {
  const found = texts.map(withoutComments).flatMap(text => [...dotted(text), ...inSet(text)])
  return [...new Set(found)].sort()
}

const NAME = `"?([A-Za-z_][\\w'-]*)"?`

const dotted = (text: string): string[] =>
  [...text.matchAll(new RegExp(`nixosConfigurations\\.${NAME}\\s*=`, 'g'))].map(([, name = '']) => name)

function inSet(text: string): string[] {
  const [opening = ''] = /nixosConfigurations\s*=\s*\{/.exec(text) ?? []
  if (opening === '') return []
  const body = upToClosing(text.slice(text.indexOf(opening) + opening.length))
  return [...body.matchAll(new RegExp(`(?:^|;)\\s*${NAME}\\s*=`, 'g'))].map(([, name = '']) => name)
}

/** The set's own attributes: what stands in deeper braces, brackets or strings is left out. */
function upToClosing(text: string): string {
  let depth = 0
  let own = ''
  for (const character of text.replaceAll(/''[\s\S]*?''/g, '')) {
    if ('{[('.includes(character)) depth += 1
    if ('}])'.includes(character)) depth -= 1
    if (depth < 0) break
    if (depth === 0) own += character
  }
  return own
}

const LINE_COMMENT = /(?:^|\s)#.*$/gm
/** Or what begins like a comment and is none, up to the end of the text: `"./hosts/*"`. */
const COMMENT = /\/\*[\s\S]*?(?:(\*\/)|(?![\s\S]))|(?:^|\s)#.*$/gm

const withoutComments = (text: string): string =>
  text.replaceAll(COMMENT, (found, end?: string) =>
    found.startsWith('/*') && end === undefined ? found.replaceAll(LINE_COMMENT, ' ') : ' ',
  )
