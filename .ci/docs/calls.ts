/** The commands in shell text, and whether they could be called. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { commandLine } from '../../support/cli/main.ts'
import { ROOT } from './page.ts'

/** The words of each command of a script. Comments are left out; nothing is expanded. */
export const commandsIn = (script: string): string[][] =>
  script
    .split('\n')
    .flatMap(line => line.replace(/(?:^|\s)#.*$/, '').split(/&&|\|\|?|;/))
    .map(wordsOf)
    .filter(words => words.length > 0)

const wordsOf = (command: string): string[] =>
  [...command.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, single, double, bare = '']) => single ?? double ?? bare)

/** Programs that are not this repository's. */
const FOREIGN = ['nix', 'git', 'ssh', 'cd']
const SETTING = /^[A-Z_]+=/

/** @throws Error for a command that this repository does not have, or that would be refused */
export async function refuseCall(words: readonly string[]): Promise<void> {
  const [program = '', ...rest] = words.filter((word, at) => at > 0 || !SETTING.test(word))
  if (FOREIGN.includes(program)) return
  if (program === 'npx') return refuseCall(rest.filter(word => word !== '--yes'))
  if (program === 'npm') return refuseNpm(rest)
  if (program === 'node') return refuseNode(rest)
  if (program !== 'nixcumber') throw new Error(`a program that no one has looked at: ${program}`)
  await commandLine(async () => {}).parseAsync(rest, { from: 'user' })
}

const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')))

function refuseNpm([command = '', script = '']: readonly string[]): void {
  if (['ci', 'install', 'pack'].includes(command)) return
  const wanted = command === 'run' ? script : command
  if (!(wanted in scripts)) throw new Error(`package.json has no script ${wanted}`)
}

/** `node --import tsx --test FILE`, `node bin/nixcumber.js …`. */
async function refuseNode(words: readonly string[]): Promise<void> {
  const at = words.findIndex(word => /\.[jt]s$/.test(word))
  const file = words[at] ?? ''
  if (!existsSync(join(ROOT, file))) throw new Error(`there is no ${file}`)
  if (file === 'bin/nixcumber.js') await refuseCall(['nixcumber', ...words.slice(at + 1)])
}
