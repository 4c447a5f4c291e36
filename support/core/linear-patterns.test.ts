import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import test from 'node:test'
import { regexLiterals } from './testing/regex-literals.ts'
import { slowText } from './testing/slow-text.ts'

/*
 * A pattern that begins anew at each position, and from each runs far, takes four minutes over a line of a million letters, and a host
 * says what it likes. Where one is found: let it begin where a run begins only (`(?<!=)=+$`), let it not run over what it begins with
 * (`\{[^{}]*\}`), or write it in plain code. What is put together for `new RegExp(…)` is not seen here.
 */
const root = resolve(import.meta.dirname, '../..')
const FOR_TESTS = /\.(?:test|bench|rows|answers)\.ts$|\/testing\/|^support\/claim\/rows\//

const sources = ['support', 'steps'].flatMap(folder =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map(file => `${folder}/${file}`)
    .filter(file => file.endsWith('.ts') && !FOR_TESTS.test(file)),
)

interface Code {
  readonly file: string
  readonly text: string
}

/** By their text: where each stands first. */
const patternsIn = (codes: readonly Code[]) =>
  new Map(
    codes
      .flatMap(({ file, text }) => regexLiterals(file, text).map(each => ({ ...each, file })))
      .map(each => [`/${each.source}/${each.flags}`, each] as const)
      .reverse(),
  )

function slowAmong(patterns: ReturnType<typeof patternsIn>, limit?: number): string[] {
  return [...patterns].flatMap(([pattern, { file, line, ...each }]) => {
    const slow = slowText(each, limit)
    if (slow === undefined) return []
    const behind = slow.head === '' ? '' : ` behind ${JSON.stringify(slow.head)}`
    return [`${file}:${line}: ${pattern} over ${JSON.stringify(slow.unit)} again and again${behind}`]
  })
}

test('every pattern takes as long as the text is, and no longer', () => {
  const codes = sources.map(file => ({ file, text: readFileSync(join(root, file), 'utf8') }))
  const patterns = patternsIn(codes)
  assert.ok(patterns.size > 500)
  assert.deepEqual(slowAmong(patterns), [])
})

const PLANTED = [
  ...[/=+$/, /, option .*$/, /passwor[dt][^:]*:$/, /^-\w*c\w*$/, /(?:ok|^(?:no|yes {2,}) *)!/],
  /^(a+)+$/,
]
const MENDED = [
  ...[/(?<!=)=+$/, /, option .*/, /passwor[dt](?:(?!passwor)[^:])*?:$/, /^-(?=\w*c)\w+$/, /(?:ok|^(?:no|yes {2,}))!/],
  ...[/^a+$/, /\s+x/y],
]
const asCode = (patterns: readonly RegExp[]): Code => ({ file: 'planted.ts', text: patterns.join(';\n') })

test('a pattern that begins anew at each position is found, by its place and by what keeps it busy', () => {
  // Where half a minute is needed, 50 ms are as little as 2 s.
  const found = slowAmong(patternsIn([asCode(PLANTED)]), 50).reverse()
  assert.deepEqual(
    found.map(line => line.replace(/ over ".*" again and again.*$/, '')),
    PLANTED.map((pattern, i) => `planted.ts:${i + 1}: ${pattern}`),
  )
})

test('one that is mended is let go, and so is one that is tried at one place only', () =>
  assert.deepEqual(slowAmong(patternsIn([asCode(MENDED)])), []))
