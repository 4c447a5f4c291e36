import assert from 'node:assert/strict'
import test, { after } from 'node:test'
import { type Command, sh } from '../../core/command.ts'
import { seconds } from '../../core/time/duration.ts'
import { LocalShell } from '../../shell/local.ts'
import { boot } from './boot.ts'
import { system } from './system.ts'

const shell = new LocalShell()
after(() => shell[Symbol.asyncDispose]())

const UNITS = '--type service --state running,activating,reloading'
const NAMES = '*.service a@-x.service'

/** As systemctl(1) and journalctl(1), where the system is in this state. This test's own shell is the main process of a service. */
const tools = (state: string, listed = 0, shown = 0): Command => sh`
set -- not these
systemctl() {
  case $* in
    is-system-running) echo ${state}; [ ${state} = running ] ;;
    ${`list-units --plain --no-legend --no-pager --full ${UNITS}`})
      printf '%s\\n' '*.service loaded active running A' 'a@-x.service loaded activating auto-restart B'; return ${listed} ;;
    'list-units --failed --plain --no-legend --no-pager --full') echo '● bad.service loaded failed failed Bad thing' ;;
    'list-units --failed --plain --no-legend --no-pager') printf '%s x\\n' bad.service worse.service ;;
    'list-jobs --no-legend --no-pager --full') printf '%s\\n' '7 slow.service start running' '8 old.service stop waiting' ;;
    'list-jobs --no-legend --no-pager') echo the jobs ;;
    ${`show --property Id,Type,ActiveState,SubState,NRestarts,Restart,MainPID,ActiveEnterTimestampMonotonic -- ${NAMES}`})
      printf '%s\\n' Id=*.service Type=simple ActiveState=active SubState=running NRestarts=2 Restart=always MainPID=$$ \\
        ActiveEnterTimestampMonotonic=1 '' Id=a@-x.service Type=oneshot ActiveState=activating SubState=auto-restart NRestarts=0 \\
        Restart=on-failure MainPID=0 ActiveEnterTimestampMonotonic=0; return ${shown} ;;
    *) echo "systemctl $*" >&2; return 9 ;;
  esac
}
journalctl() { echo "journalctl $*"; }
`

const run = (setup: Command, { script }: Command) =>
  shell.run({ script: `${setup.script}\n${script}` }, { attempt: seconds(10) })
const ask = async (...of: Parameters<typeof tools>) =>
  system.parse(await run(tools(...of), system.command()), undefined)

test('a system that is up is asked for what failed, what is being started, and its services', async () => {
  const { services, ...facts } = await ask('degraded')
  assert.deepEqual(facts, { state: 'degraded', failed: ['bad.service'], starting: ['slow.service'] })
  const [first, second] = services
  assert.ok(first?.age !== undefined && first.age >= 0 && first.age < 3600, 'by the start of its process')
  const { age: _, ...known } = first
  assert.deepEqual(known, {
    ...{
      name: '*.service',
      type: 'simple',
      activeState: 'active',
      subState: 'running',
      restarts: 2,
      restart: 'always',
    },
  })
  assert.deepEqual(second, {
    ...{ name: 'a@-x.service', type: 'oneshot', activeState: 'activating', subState: 'auto-restart' },
    ...{ restarts: 0, restart: 'on-failure' },
  })
  assert.equal((await ask('running')).state, 'running')
})

test('of one that is not up no services are asked, and it is no other for that', async () => {
  for (const state of ['starting', 'maintenance', 'stopping'] as const)
    assert.deepEqual((await ask(state)).services, [], state)
})

test('services that could not be listed, or not told, are not taken for none', async () => {
  await assert.rejects(ask('running', 1), /could not be read/)
  await assert.rejects(ask('running', 0, 1), /could not be read/)
  await assert.rejects(ask('asleep'), /The state of the system could not be read/)
})

test('what helps to understand is of each unit that failed', async () => {
  const evidence = system.evidence?.(undefined)
  const said = await run(tools('degraded'), evidence?.command ?? assert.fail())
  const of = (unit: string) =>
    `journalctl --boot --quiet --unit ${unit} --lines 4 --no-pager --output short-monotonic\n`
  assert.equal(said.stdout.toString(), `${of('bad.service')}${of('worse.service')}the jobs\n`)
})

test('a boot is known by its id', async () => {
  const facts = boot.parse(await run(tools('starting'), boot.command()), undefined)
  assert.deepEqual([facts.system, /^[0-9a-f-]{36}$/.test(facts.bootId)], ['starting', true])
})
