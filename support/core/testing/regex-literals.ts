import { parseSync, Visitor } from 'oxc-parser'

export interface RegexLiteral {
  readonly line: number
  readonly source: string
  readonly flags: string
}

/** Every regular expression that stands in the code as such; `new RegExp(…)` is not seen, for its text is known only when it runs. */
export function regexLiterals(file: string, code: string): RegexLiteral[] {
  const { program, errors } = parseSync(file, code)
  if (errors.length > 0) throw new Error(`${file}: ${errors.map(({ message }) => message).join('; ')}`)
  const found: RegexLiteral[] = []
  new Visitor({
    Literal(node) {
      if (!('regex' in node)) return
      const { pattern, flags } = node.regex
      found.push({ line: code.slice(0, node.start).split('\n').length, source: pattern, flags })
    },
  }).visit(program)
  return found
}
