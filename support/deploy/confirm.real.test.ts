/** At a real terminal, of script(1). */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import test from 'node:test'

const PROGRAM = join(import.meta.dirname, 'testing/asking.ts')

/** What it says, when one thing is typed before it asks and another when it does. */
async function type(before: string, then: string): Promise<string> {
  const call = `'${process.execPath}' --import tsx '${PROGRAM}'`
  const child = spawn('script', ['-qfec', call, '/dev/null'], { stdio: ['pipe', 'pipe', 'ignore'] })
  const turns = [
    ['ready', before],
    ['Type the name', then],
  ] as const
  let [said, turn] = ['', 0]
  child.stdout.on('data', (bytes: Buffer) => {
    said += bytes
    const [word, typed] = turns[turn] ?? []
    if (word === undefined || !said.includes(word)) return
    turn += 1
    child.stdin.write(typed ?? '')
  })
  await once(child, 'close')
  return said
}

for (const [what, before, then, words] of [
  ['nothing', '', 't14\n', /confirmed/],
  ['the name', 't14\n', 't15\n', /refused:.* Got t15/],
  ['half of the name', 't1', '4\n', /refused:.* Got 4/],
  ['the name, and it is typed again', 't14\n', 't14\n', /confirmed/],
] as const)
  test(`typed ahead: ${what}`, { timeout: 60_000 }, async () => assert.match(await type(before, then), words))
