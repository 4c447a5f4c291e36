import assert from 'node:assert/strict'
import test, { after } from 'node:test'
import { sh } from '../../core/command.ts'
import { seconds } from '../../core/time/duration.ts'
import { LocalShell } from '../../shell/local.ts'
import { type UnitFacts, unit, units } from './unit.ts'

const shell = new LocalShell()
after(() => shell[Symbol.asyncDispose]())

/** As systemctl(1): of a unit it tells what it is asked for with `--property`, and no more. */
const SYSTEMCTL = sh`
declare -A told=(
  [LoadState]=loaded [ActiveState]=failed [SubState]=dead [Result]=signal [ExecMainCode]=2 [ExecMainStatus]=9 [NRestarts]=3
  [Restart]=on-failure [MainPID]=0 [ActiveEnterTimestampMonotonic]=1 [UnitFileState]=enabled [WantedBy]='multi-user.target a.target'
  [RequiredBy]=b.service [BoundBy]=c.service [UpheldBy]=d.service [TriggeredBy]='e.timer e.socket' [InvocationID]=abc [Job]=77)
systemctl() {
  [ "$1" = is-system-running ] && echo degraded && return 1
  [ "$1 $2 $4" = 'show --property --' ] || return 9
  local property name next
  for name in "\${@:5}"; do
    printf '%s' "$next"; next=$'\\n'
    for property in \${3//,/ }; do
      [ "$property" = Id ] && echo "Id=$name" || echo "$property=\${told[$property]}"
    done
  done
}
`
const ask = (names: readonly string[]) =>
  shell.run({ script: `${SYSTEMCTL.script}\n${units.command(names).script}` }, { attempt: seconds(10) })

const factsOf = (name: string): UnitFacts => ({
  ...{ name, id: name, loadState: 'loaded', activeState: 'failed', subState: 'dead', result: 'signal' },
  ...{ exit: { code: 9, signal: true }, restarts: 3, restart: 'on-failure', fileState: 'enabled' },
  ...{ wantedBy: ['multi-user.target', 'a.target', 'b.service', 'c.service', 'd.service'] },
  ...{ triggeredBy: ['e.timer', 'e.socket'], invocation: 'abc', job: true, system: 'degraded' },
})

test('everything that is said of a unit is asked for', async () => {
  assert.deepEqual(unit.parse(await ask(['a.service']), 'a.service'), factsOf('a.service'))
})

test('several are told in the order of their names, and one that looks like an option is a name', async () => {
  const names = ['b.service', '-a.service']
  assert.deepEqual(units.parse(await ask(names), names), names.map(factsOf))
  assert.deepEqual([unit.describe('b.service'), units.describe(names)], ['b.service', 'these 2 services'])
})
