import assert from 'node:assert/strict'
import { once } from 'node:events'
import test from 'node:test'
import { ConsoleLine } from './console-line.ts'
import { ProcessGroup } from './process-group.ts'

const options = { cwd: '/', env: { PATH: process.env.PATH ?? '' }, extendEnv: false } as const
const start = (script: string) => ProcessGroup.start({ file: 'bash', args: ['-c', script], options }, '/nonexistent')

test('what is printed comes out, what is typed goes in, whichever process is behind it', async () => {
  const line = new ConsoleLine()
  for (const name of ['first', 'second']) {
    await using process = start(`echo ${name}; read -r typed; echo "$typed back"`)
    line.attach(process)
    const [printed] = await once(line, 'data')
    assert.equal(String(printed), `${name}\n`)
    line.write('typed\n')
    const [answer] = await once(line, 'data')
    assert.equal(String(answer), 'typed back\n')
  }
  // The machine is off: typing is no error.
  await new Promise(resolve => line.write('nobody\n', resolve))
})

for (const [answersAsTerminal, answer] of [
  [true, '24;80'],
  [false, 'none'],
] as const)
  test(`a guest that asks for the size of the terminal gets ${answer}`, async () => {
    await using process = start(`printf '\\033[6n'; IFS='[' read -r -d R -t 0.5 _ size; printf '%s.' "\${size:-none}"`)
    const line = new ConsoleLine({ answersAsTerminal })
    line.attach(process)
    let printed = ''
    line.on('data', bytes => {
      printed += bytes
    })
    await process.ended
    assert.ok(printed.endsWith(`${answer}.`), JSON.stringify(printed))
  })
