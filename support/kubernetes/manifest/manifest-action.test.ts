import assert from 'node:assert/strict'
import test, { after } from 'node:test'
import { seconds } from '../../core/time/duration.ts'
import { answered } from '../../probe/testing/answered.ts'
import { LocalShell } from '../../shell/local.ts'
import { readManifest } from './manifest.ts'
import { manifestAction, readAction } from './manifest-action.ts'

const shell = new LocalShell()
after(() => shell[Symbol.asyncDispose]())

const pod = readManifest('apiVersion: v1\nkind: Pod\nmetadata: {name: web}\n')
const secret = readManifest('apiVersion: v1\nkind: Secret\nmetadata: {name: web}\nstringData: {password: hunter2}\n')
const said = (out: string, code = 1, of = pod) => readAction(answered([{ code, out }]), 'applied', of)

test('what kubectl has done is done', () => {
  assert.deepEqual(said('pod/web created', 0), { isDone: true, said: 'pod/web created' })
})

for (const words of [
  'The connection to the server 127.0.0.1:6443 was refused - did you specify the right host or port?',
  'Error from server (ServiceUnavailable): the server is currently unable to handle the request',
  'Unable to connect to the server: x509: certificate signed by unknown authority',
])
  test(`is tried again: ${words}`, () =>
    assert.throws(() => said(words), {
      retryable: true,
      message: /^the manifest \(pod web\) was not applied: the API/,
    }))

for (const words of [
  'Error from server (NotFound): error when deleting "STDIN": pods "web" not found',
  'The Pod "web" is invalid: spec.containers: Required value',
  'error: no matches for kind "Wibble" in version "example.org/v1"',
])
  test(`is an answer: ${words}`, () => assert.deepEqual(said(words), { isDone: false, said: words }))

test('neither the value of a secret nor what stands around it is told', () => {
  const words = `cannot be handled as a Secret, error found in #10 byte of ...|:{"a":"hun|..., bigger context ...|hunter2 ${Buffer.from('hunter2').toString('base64')}|...`
  const { said: told } = said(words, 1, secret)
  assert.equal(told, 'cannot be handled as a Secret, error found in #10 byte of •••')
  assert.equal(said('invalid value "hunter2"', 1, secret).said, 'invalid value "•••"')
})

test('the manifest comes by standard input alone, and kubectl is told where it goes', async () => {
  const { script } = manifestAction('deleted', 'shop', { kubeconfig: '/dev/null' })
  assert.ok(!script.includes('hunter2'))
  const kubectl = 'kubectl() { echo "$*"; cat; }\n'
  const stdin = Buffer.from(secret.text)
  const result = await shell.run({ script: `${kubectl}${script}` }, { attempt: seconds(10), stdin })
  const { said: told } = readAction(result, 'deleted', pod)
  assert.match(
    told,
    /^--kubeconfig=\/dev\/null delete --wait=true --filename - --namespace shop .*\napiVersion: v1\nkind: Secret/,
  )
})
