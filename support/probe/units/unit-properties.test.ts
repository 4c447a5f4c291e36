import assert from 'node:assert/strict'
import test, { after } from 'node:test'
import { sh } from '../../core/command.ts'
import { seconds } from '../../core/time/duration.ts'
import { LocalShell } from '../../shell/local.ts'
import { unitProperty } from './unit-properties.ts'

const shell = new LocalShell()
after(() => shell[Symbol.asyncDispose]())

/** As systemctl(1): an empty property is shown with `--all` only, and all of them without `--property`. */
const SYSTEMCTL = sh`
systemctl() {
  case $* in
    is-system-running) echo running ;;
    'show --property LoadState,ActiveState --value -- -a.service') printf '%s\\n' loaded inactive ;;
    'show --all --property Documentation -- -a.service') echo Documentation= ;;
    'show --all --property '*' -- -a.service') ;;
    'show --all -- -a.service') printf '%s\\n' Type=simple Documentation= 'ExecStart={ a' b=c} ;;
    *) return 9 ;;
  esac
}
`

async function ask(property: string) {
  const query = { unit: '-a.service', property }
  const script = `${SYSTEMCTL.script}\n${unitProperty.command(query).script}`
  return unitProperty.parse(await shell.run({ script }, { attempt: seconds(10) }), query)
}

const KNOWN = { exists: true, known: ['Type', 'Documentation', 'ExecStart'], system: 'running' }

test('a property that is empty is one, and one that is not there is told with all that are', async () => {
  assert.deepEqual(await ask('Documentation'), { value: '', ...KNOWN })
  assert.deepEqual(await ask('Documentatino'), KNOWN)
})
