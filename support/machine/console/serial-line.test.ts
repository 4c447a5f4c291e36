import assert from 'node:assert/strict'
import { once } from 'node:events'
import test from 'node:test'
import { ProcessGroup } from '../runtime/process-group.ts'
import { SerialLine } from './serial-line.ts'

const options = { cwd: '/', env: { PATH: process.env.PATH ?? '' }, extendEnv: false } as const
const start = (script: string) => ProcessGroup.start({ file: 'bash', args: ['-c', script], options }, '/nonexistent')

test('what is printed comes out, what is typed goes in, whichever process is behind it', async () => {
  const line = new SerialLine()
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
  await new Promise(resolve => line.write('nowhere\n', resolve))
})

for (const [answersAsTerminal, asks, answer] of [
  [true, `printf '\\033[6n'`, '24;80'],
  [true, `printf 'login\\033'; sleep 0.1; printf '[6'; sleep 0.1; printf n`, '24;80'],
  [false, `printf '\\033[6n'`, 'none'],
] as const)
  test(`a guest that asks for the size of the terminal by ${asks} gets ${answer}`, async () => {
    await using process = start(`${asks}; IFS='[' read -r -d R -t 0.5 _ size; printf '%s.' "\${size:-none}"`)
    const line = new SerialLine({ answersAsTerminal })
    line.attach(process)
    let printed = ''
    line.on('data', bytes => {
      printed += bytes
    })
    await process.ended
    assert.ok(printed.endsWith(`${answer}.`), JSON.stringify(printed))
  })

test('it is known whether a guest that has asked has heard the answer', async () => {
  await using process = start(
    `printf 'a\\033[6n'; IFS='[' read -r -d R _ size; printf 'b\\033[6n'; read -r -d R; printf c`,
  )
  const line = new SerialLine({ answersAsTerminal: true })
  line.attach(process)
  const asked: [string, boolean][] = []
  line.listen(text => asked.push([text.slice(0, 1), line.asked]))
  await process.ended
  assert.deepEqual(asked, [
    ['a', true],
    ['b', true],
    ['c', false],
  ])
})
