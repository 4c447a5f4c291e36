import assert from 'node:assert/strict'
import test, { after } from 'node:test'
import { seconds } from '../../core/time/duration.ts'
import { LocalShell } from '../../shell/local.ts'
import { evidenceOf, type PodsOf } from './evidence.ts'

const shell = new LocalShell()
after(() => shell[Symbol.asyncDispose]())

/** As kubectl answers about two pods: one runs, the other one falls over. */
const KUBECTL = `
kubectl() {
  case "$*" in
    *' get deployment '*) printf 'app=web,';;
    *' get pods '*' --selector app=web'*) printf '%s\\n' 'web-1 t14 web true 0' 'web-2 t14 web false 3';;
    *' get pods '*' --field-selector metadata.name=web-3'*) echo 'web-3 - - false 0';;
    *' get events '*' involvedObject.name=web-2'*) echo '2026-12-01T12:00:00Z BackOff: Back-off restarting failed container';;
    *' get events '*' involvedObject.name=web-3'*) echo '2026-12-01T12:00:00Z FailedScheduling: no nodes';;
    *' logs '*' web-2 '*' --previous'*) echo 'bind() failed';;
    *' logs '*' web-2 '*) echo starting;;
    *) echo "asked for $*" >&2; return 9;;
  esac
}
`
async function told(of: PodsOf): Promise<string> {
  const { command } = evidenceOf(of, 'shop', { kubeconfig: '/dev/null' })
  const { stdout } = await shell.run({ script: `${KUBECTL}${command.script}` }, { attempt: seconds(20) })
  return stdout.toString()
}

const CRASHED = `events of pod web-2:
2026-12-01T12:00:00Z BackOff: Back-off restarting failed container
the log of container web:
starting
the log of its last run:
bind() failed
it is on node t14
`

test('of several pods the first that is not ready has its word, with both its runs', async () => {
  assert.equal(await told({ label: 'app=web' }), CRASHED)
  assert.equal(await told({ kind: 'deployment', name: 'web' }), CRASHED)
})

test('what has no node and no container yet has its events alone', async () => {
  assert.equal(await told({ name: 'web-3' }), 'events of pod web-3:\n2026-12-01T12:00:00Z FailedScheduling: no nodes\n')
})

test('without a pod, and without an answer, there is nothing to tell', async () => {
  assert.equal(await told({ name: 'web-9' }), '')
  assert.equal(await told({ kind: 'job', name: 'web' }), '')
})
