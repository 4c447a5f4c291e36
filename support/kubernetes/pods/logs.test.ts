import assert from 'node:assert/strict'
import test, { after } from 'node:test'
import { seconds } from '../../core/time/duration.ts'
import { LocalShell } from '../../shell/local.ts'
import { type LogQuery, logs } from './logs.ts'

const shell = new LocalShell()
after(() => shell[Symbol.asyncDispose]())

/** As kubectl answers about one pod: of its containers, `gone` keeps nothing of its last run, and `young` has not begun. */
const KUBECTL = `
kubectl() {
  case "$*" in
    *' --output go-template='*) printf '%s\\n' web 'web web begun 1' 'web gone begun 2' 'web young waits 0';;
    *'/pods/web/log?container=web&previous=true'*) printf 'boom\\nlast words';;
    *'/pods/web/log?container=gone&previous=true'*)
      echo 'Error from server (BadRequest): previous terminated container "gone" in pod "web" not found' >&2; return 1;;
    *'/pods/web/log?container=web'*) printf 'Server listening\\0 on 80\\n';;
    *'/pods/web/log?container=gone'*) [ -z "$down" ] || { echo 'Error from server: no route to host' >&2; return 1; }; echo hello;;
    *'/api/v1/namespaces/shop '*) echo '{"kind": "Namespace"}';;
    *) echo "asked for $*" >&2; return 9;;
  esac
}
`
const asked = (text: string): { query: LogQuery; access: { kubeconfig: string } } => ({
  query: { of: { name: 'web' }, namespace: 'shop', text },
  access: { kubeconfig: '/dev/null' },
})

async function ask(text: string, before = '') {
  const { script } = logs.command(asked(text), seconds(10))
  return logs.parse(await shell.run({ script: `${before}${KUBECTL}${script}` }, { attempt: seconds(20) }), asked(text))
}

test('the present and the last run of every container are searched', async () => {
  const { matches, pods, started } = await ask('Server listening')
  assert.deepEqual([matches.length, pods, started], [1, 1, 2])
  assert.deepEqual((await ask('last words')).matches, ['last words'])
  assert.deepEqual((await ask('hello')).matches, ['hello'])
})

test('what kubectl says of a run that is not kept is no log', async () => {
  assert.deepEqual((await ask('not found')).matches, [])
  assert.deepEqual((await ask('last wordsServer')).matches, [])
})

test('logs of which a part cannot be read are not read', async () => {
  await assert.rejects(ask('Server listening', 'down=1'), /could not be read: .*no route to host/)
})
