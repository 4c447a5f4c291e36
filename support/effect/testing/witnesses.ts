/** Others that know what a script runs: a parser of bash that shares no code with ours, and bash itself. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { NotUnderstood } from '../shell/cursor.ts'
import { readScript } from '../shell/grammar.ts'
import { literal } from '../shell/script.ts'

export type Names = ReadonlySet<string>

/**
 * Of ours: names of the commands, and of the files that are written to. Undefined where it is a change anyway: the script is not understood, or
 * such a name is known only when it runs.
 */
export function seenByOurs(script: string): Names | undefined {
  try {
    const { calls } = readScript(script)
    const words = calls.flatMap(({ words: [program], writes }) => [
      ...(program ? [program] : []),
      ...writes
        .filter(({ sign, target }) => sign !== '<' && target.parts[0]?.is !== 'process')
        .map(({ target }) => target),
    ])
    const names = words.map(literal)
    return names.every(name => name !== undefined) ? new Set(names) : undefined
  } catch (error) {
    if (error instanceof NotUnderstood) return undefined
    throw error
  }
}

interface Node {
  readonly type: string
  readonly text: string
  readonly hasError: boolean
  readonly namedChildren: readonly Node[]
  readonly children: readonly Node[]
  childForFieldName(name: string): Node | null
}

interface TreeSitter {
  readonly Parser: {
    init(): Promise<void>
    new (): {
      setLanguage(language: unknown): void
      parse(text: string): { readonly rootNode: Node; delete(): void } | null
    }
  }
  readonly Language: { load(file: string): Promise<unknown> }
}

/**
 * Where this witness is wrong: behind some here-documents (an empty one, `<<E;`) it takes what follows for their body, so that `'$(c97)'`
 * becomes a substitution. These names stand in single quotes and comments only; bash, the other witness, is asked for them as well.
 */
const DECOY = /^c9[679]$/

/** tree-sitter-bash, of this repository's development dependencies. */
export async function treeSitter(): Promise<(script: string) => Names | undefined> {
  const require = createRequire(import.meta.url)
  const { Parser, Language } = require('web-tree-sitter') as TreeSitter
  await Parser.init()
  const parser = new Parser()
  parser.setLanguage(
    await Language.load(join(dirname(require.resolve('tree-sitter-bash/package.json')), 'tree-sitter-bash.wasm')),
  )
  return script => {
    const tree = parser.parse(script)
    if (!tree) return undefined
    const names = new Set<string>()
    const isSound = !tree.rootNode.hasError
    if (isSound) collect(tree.rootNode, names)
    tree.delete()
    return isSound ? names : undefined
  }
}

/** Names that are made in the scripts: others are words of the parser's own making. */
const MADE = /^[cw]\d+$/

function collect(node: Node, names: Set<string>): void {
  const name = node.type === 'command' ? node.childForFieldName('name')?.text : undefined
  if (name !== undefined && MADE.test(name) && !DECOY.test(name)) names.add(name)
  if (node.type === 'file_redirect' && !node.children.some(({ type }) => type === '<' || type === '<&')) {
    const target = node.childForFieldName('destination')?.text
    if (target !== undefined && MADE.test(target)) names.add(target)
  }
  for (const child of node.namedChildren) collect(child, names)
}

/** Each script has a folder of its own: what it leaves running may write late. */
const WITNESS = `
command_not_found_handle() { printf '%s %s\\0' "$nc_at" "$1" >&9; return "$((RANDOM % 2))"; }
nc_at=0
while IFS= read -r -d '' nc_script; do
  ( cd "$nc_at" && ulimit -t 2 && eval "$nc_script" ) >/dev/null 2>&1 </dev/null
  nc_at=$((nc_at + 1))
done <"$1" 9>"$2"
`

/** What bash looks for as a program, and which files it makes, when it runs each script where there are no programs. */
export function ranByBash(scripts: readonly string[]): readonly Names[] {
  const folder = mkdtempSync(join(tmpdir(), 'nixcumber-scripts-'))
  try {
    const [input, log] = [join(folder, 'input'), join(folder, 'log')]
    for (const at of scripts.keys()) mkdirSync(join(folder, String(at)))
    writeFileSync(input, scripts.map(script => `${script}\0`).join(''))
    execFileSync(
      '/bin/sh',
      ['-c', 'cd "$3" && PATH=/nowhere exec "$0" -c "$4" bash "$1" "$2"', BASH, input, log, folder, WITNESS],
      {
        stdio: 'ignore',
        timeout: 240_000,
      },
    )
    const names = scripts.map((_, at) => new Set(readdirSync(join(folder, String(at))).filter(file => MADE.test(file))))
    for (const entry of readFileSync(log, 'utf8').split('\0')) {
      const [, at, name = ''] = /^(\d+) ([\s\S]*)$/.exec(entry) ?? []
      if (at !== undefined && MADE.test(name)) names[Number(at)]?.add(name)
    }
    return names
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const BASH = ['/bin/bash', '/run/current-system/sw/bin/bash'].find(existsSync) ?? '/bin/bash'

/** What a witness saw and ours did not; nothing where ours understood nothing, which is a change. */
export const unseen = (script: string, seen: Names | undefined): readonly string[] => {
  const ours = seenByOurs(script)
  return ours && seen ? [...seen].filter(name => !ours.has(name)) : []
}

/** A text from which no part can be taken away: of it the witness still sees what ours does not. */
export function shrunk(script: string, fails: (script: string) => boolean): string {
  const text = shorter(script, fails)
  return text.length < script.length ? shrunk(text, fails) : text
}

function shorter(script: string, fails: (script: string) => boolean): string {
  let text = script
  for (let size = Math.ceil(text.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2))
    for (let at = 0; at < text.length; ) {
      const rest = text.slice(0, at) + text.slice(at + size)
      if (fails(rest)) text = rest
      else at += size
    }
  return text
}
