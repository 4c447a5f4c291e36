import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { after } from 'node:test'
import { type Command, sh } from '../../core/command.ts'
import { seconds } from '../../core/time/duration.ts'
import { LocalShell } from '../../shell/local.ts'
import { journal, newestLines } from './journal.ts'
import type { Wanted } from './journal-search.ts'

const shell = new LocalShell()
const folder = mkdtempSync(join(tmpdir(), 'journal-'))
after(async () => {
  rmSync(folder, { recursive: true })
  await shell[Symbol.asyncDispose]()
})

interface Machine {
  /** As journalctl prints it; undefined where that fails. */
  readonly lines?: string | Buffer
  readonly load?: string
  /** Own name and namespace of the unit. */
  readonly id?: string
  readonly space?: string
  /** Folders with a journal, below /var/log/journal, and of those the ones that may not be read. */
  readonly kept?: readonly string[]
  readonly closed?: string
}

/** As journalctl(1), which is asked for a unit's lines exactly so, systemctl(1), and test(1) for a user who is not root. */
function tools({ load = 'loaded', id = 'web.service', space = '', closed = '' }: Machine): Command {
  const whose = ['--unit www.service', `--unit ${id}`, space && `--namespace=+${space}`].filter(Boolean).join(' ')
  return sh`
journalctl() {
  case $* in
    ${`--boot --quiet --no-pager --all --output cat ${whose}`}) cat ${join(folder, 'lines')} ;;
    ${`--boot --quiet --no-pager --all --output cat ${whose} --lines 3`}) tail -n 3 ${join(folder, 'lines')} ;;
    ${`--boot --quiet --no-pager --output short-monotonic --lines 20 ${whose}`}) echo with times ;;
    ${`--boot --quiet --no-pager --all --output cat ${whose} --lines 20`}) echo as evidence ;;
    '--boot --quiet --no-pager --all --output cat') echo of all ;;
    '--boot --quiet --no-pager --all --output cat --lines 3') echo newest of all ;;
    *) echo "journalctl $*" >&2; return 9 ;;
  esac
}
systemctl() {
  case $* in
    'show --property Id,LoadState,LogNamespace -- www.service') printf '%s\\n' ${`Id=${id}`} ${`LoadState=${load}`} ${`LogNamespace=${space}`} ;;
    is-system-running) echo starting ;;
    *) return 9 ;;
  esac
}
[() {
  case $1:$2 in -r:*/${closed}/system.journal) return 1 ;; esac
  builtin [ "$@"
}
`
}

async function run(machine: Machine, { script }: Command) {
  const journals = mkdtempSync(join(folder, 'journals-'))
  for (const name of machine.kept ?? ['0a1b']) {
    mkdirSync(join(journals, name))
    writeFileSync(join(journals, name, 'system.journal'), '')
  }
  if (machine.lines === undefined) rmSync(join(folder, 'lines'), { force: true })
  else writeFileSync(join(folder, 'lines'), machine.lines)
  const here = script.replaceAll('/var/log/journal', journals).replaceAll('/run/log/journal', join(folder, 'none'))
  return await shell.run({ script: `${tools(machine).script}\n${here}` }, { attempt: seconds(20) })
}

async function ask(machine: Machine, pattern: Wanted) {
  const query = { unit: 'www.service', pattern }
  return journal.parse(await run(machine, journal.command(query)), query)
}

const NOT_READ = /the journal of www\.service could not be read.*this user may not read it/
const LINES = 'one\nneedle 1\nneedle 2\ntwo\nneedle 3\nneedle 4\nthree\n'

test('of a text the newest lines that have it are found, and shown are the newest of all', async () => {
  const found = { matches: ['needle 2', 'needle 3', 'needle 4'], newest: ['needle 3', 'needle 4', 'three'] }
  const rest = { isPart: false, unitExists: true, system: 'running' }
  assert.deepEqual(await ask({ lines: LINES }, { text: 'needle' }), { ...found, ...rest })
  assert.deepEqual(await ask({ lines: LINES }, { regex: /^needle [^1]$/ }), { ...found, ...rest, otherwise: undefined })
  for (const text of ['needle 5', 'n.edle', 'NEEDLE', '-v', '$(id)'])
    assert.deepEqual((await ask({ lines: LINES }, { text })).matches, [], text)
})

/** Each message has a line end behind it. */
const UTF16 = Buffer.concat([Buffer.from('café\nneedle\n', 'utf16le'), Buffer.from('\n')])
const UTF16BE = Buffer.concat([Buffer.from('café\nneedle', 'utf16le').swap16(), Buffer.from('\n')])
for (const [text, lines, otherwise] of [
  ['café', Buffer.from('caf\xe9\n', 'latin1'), 'Latin-1'],
  ['café', Buffer.concat([Buffer.from('needle\n'), UTF16]), 'UTF-16'],
  ['needle', UTF16BE, 'UTF-16'],
  ['日本', Buffer.from([0, 0, 0x65, 0xe5, 0, 0, 0x67, 0x2c, 0x0a]), 'UTF-32'],
  ['日本', Buffer.concat([Buffer.from('日本', 'utf16le'), Buffer.from('\n')]), 'UTF-16'],
  ['\u2028', 'an ordinary line (1.5)\n', undefined],
  ['â', '“quoted”\n', undefined],
  ['café', 'caf\ncafe\n', undefined],
] as const)
  test(`a text in other bytes is told with their encoding: ${text} ${otherwise ?? 'by chance'}`, async () => {
    const found = await ask({ lines }, { text })
    assert.deepEqual([found.matches, found.otherwise, found.isPart], [[], otherwise, false])
  })

test('a text that is there counts, whatever else is', async () => {
  const found = await ask({ lines: Buffer.concat([UTF16, Buffer.from('a café\0\n')]) }, { text: 'café' })
  assert.deepEqual([found.matches, found.otherwise], [['a café?'], undefined])
})

test('a unit is asked for by its own name too, and in its own journal', async () => {
  const apart = { lines: 'needle\n', id: 'web@a.service', space: 'apart', kept: ['0a1b', '0a1b.apart'] }
  const matches = async (machine: Machine) => (await ask(machine, { text: 'needle' })).matches
  assert.deepEqual(await matches(apart), ['needle'])
  assert.deepEqual(await matches({ ...apart, closed: '0a1b' }), ['needle'])
  await assert.rejects(matches({ ...apart, closed: '0a1b.apart' }), NOT_READ)
  // until something is logged there, the machine's own tells who may read it
  assert.deepEqual(await matches({ ...apart, kept: ['0a1b'] }), ['needle'])
  await assert.rejects(matches({ ...apart, kept: ['0a1b'], closed: '0a1b' }), NOT_READ)
})

test('of the whole journal all is asked; nothing is told of one that may not be read, or fails', async () => {
  const command = journal.command({ pattern: { text: 'of' } })
  const all = journal.parse(await run({ lines: '' }, command), { pattern: { text: 'of' } })
  assert.deepEqual([all.matches, all.newest, all.unitExists], [['of all'], ['newest of all'], true])
  await assert.rejects(ask({ lines: LINES, kept: [] }, { text: 'needle' }), NOT_READ)
  for (const pattern of [{ text: 'needle' }, { regex: /needle/ }])
    await assert.rejects(ask({}, pattern), /the journal of www\.service could not be read.*No such file/)
})

test('that there is no such unit is said with the state of the system', async () => {
  const none = await ask({ lines: '', load: 'not-found' }, { text: 'needle' })
  assert.deepEqual([none.unitExists, none.system, none.newest], [false, 'starting', []])
})

test('what helps to understand is of the same unit', async () => {
  const said = async (command: Command) => (await run({}, command)).stdout.toString()
  assert.equal(await said(newestLines('www.service')), 'with times\n')
  const evidence = journal.evidence?.({ unit: 'www.service', pattern: { text: 'x' } })
  assert.equal(await said(evidence?.command ?? assert.fail()), 'as evidence\n')
})
