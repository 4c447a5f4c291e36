/** What a shell text is made of, as far as telling what it runs needs it. */
import type { ProcessNumbers } from './process-numbers.ts'

/** What is known of what commands print. */
export interface Printed {
  /** No code for arithmetic can come out of it: it is a number, as of `wc -l`, and its text holds none. */
  readonly tame: boolean
  /** It comes from what is read, and is not put together from something else. */
  readonly faithful: boolean
  /** What prints it. */
  readonly calls: readonly Call[]
  /** It is nothing but numbers of processes. */
  readonly processes?: ProcessNumbers | undefined
}

/** A stretch of a word. What the shell puts in is named by where it comes from. */
export type Part =
  | { readonly is: 'text'; readonly text: string }
  /** `$name` and `${name…}`. */
  | { readonly is: 'variable'; readonly name: string; readonly split: boolean }
  /** `$(…)`. */
  | ({ readonly is: 'output'; readonly split: boolean } & Printed)
  /** `$((…))`, `$?`, `${#name}`. */
  | { readonly is: 'number' }
  /** `<(…)`, `>(…)`: the name of a pipe. */
  | { readonly is: 'process' }
  /** An unquoted `*`, `?`, `[`, or a brace expansion: file names, or several words. */
  | { readonly is: 'pattern'; readonly text: string }
  /** `$1`, `"$@"`, `${name@Q}`. */
  | { readonly is: 'unknown'; readonly split: boolean }

export interface Word {
  /** As it is written. */
  readonly raw: string
  readonly parts: readonly Part[]
  /** Some of it stands in quotes or behind a backslash: no reserved word, and no vanishing when empty. */
  readonly quoted: boolean
}

export interface Assignment {
  readonly name: string
  /** Several for `name=(…)`. */
  readonly values: readonly Word[]
}

/** A file that is opened, or a text that is read: one that output is written to is made or emptied. */
export interface Writing {
  /** `<`, `<<`, `<<<`, `>`, `>>`, `<>`. */
  readonly sign: string
  readonly target: Word
}

/** A simple command; without words it only assigns or opens. */
export interface Call {
  readonly assignments: readonly Assignment[]
  readonly words: readonly Word[]
  readonly writes: readonly Writing[]
}

/** A redirection of standard error, in a text. */
export interface HiddenErrors {
  readonly text: string
  readonly from: number
  readonly to: number
  /** What does the same to everything but standard error. */
  readonly shown: string
}

/** Where a variable gets its value; `unknown` is what is read from outside. */
export type Source = Word | 'number' | 'unknown'

/**
 * Everything a script can run, whatever branch it stands in: of substitutions, here-documents and functions too.
 * Those of one script and of all that stands inside it.
 */
export class Findings {
  readonly calls: Call[] = []
  readonly functions: Set<string>
  /** A function's body is being read: `$1` is what its callers give. */
  inFunction = false
  readonly sources = new Map<string, Source[]>()
  /** Variables that get a value in another way than by `NAME=VALUE`: `for`, `read`, `${NAME:=…}`, arithmetic. */
  readonly given = new Set<string>()
  /** Variables and words that arithmetic evaluates: bash runs `$(…)` it finds in an index there, `a[$(…)]`. */
  readonly evaluatedNames = new Set<string>()
  readonly evaluatedWords: Word[] = []
  /** What comes to a command's standard input, where that is not the script's own: out of a pipe, or the redirection around it. */
  readonly inputs = new Map<Call, readonly (Call | Writing)[]>()
  /** A number above 2 is opened to be read. */
  opensOthers = false
  /** A number is opened to be read, or becomes standard input: what comes there may be another than the last `<` says. */
  readsNumbers = false
  /** Output goes to a number above 2. */
  writesToOthers = false
  /** What takes standard error away from where it would be heard. */
  readonly hidden: HiddenErrors[] = []
  /** A condition or arithmetic in which a shell that is no bash would find redirections or further commands. */
  onlyBash: string | undefined
  readonly arrays = new Set<string>()
  /** Variables that get a value by `declare` and its like. */
  readonly declared = new Set<string>()
  /** Arrays whose index is a text. */
  associative: ReadonlySet<string> = new Set()

  /** @param functions names that are known to be functions before they are read */
  constructor(functions: Iterable<string>) {
    this.functions = new Set(functions)
  }

  /** Something comes to all of these. */
  feed(calls: readonly Call[], input: readonly (Call | Writing)[]): void {
    for (const call of calls) this.inputs.set(call, [...(this.inputs.get(call) ?? []), ...input])
  }

  give(name: string, ...values: readonly Source[]): void {
    this.given.add(name)
    this.assign(name, ...values)
  }

  assign(name: string, ...values: readonly Source[]): void {
    this.sources.set(name, [...(this.sources.get(name) ?? []), ...values])
  }
}

/** The words of a text without anything that the shell puts in, or undefined. */
export function literal({ parts }: Word): string | undefined {
  let text = ''
  for (const part of parts) {
    if (part.is !== 'text') return undefined
    text += part.text
  }
  return text
}
