import assert from 'node:assert/strict'
import test from 'node:test'
import { readManifest, withoutSecrets } from './manifest.ts'

const of = (kind: string, more = ''): string => `apiVersion: v1\nkind: ${kind}\nmetadata: {name: web}\n${more}`

test('a manifest is told by its resources', () => {
  assert.equal(readManifest(of('Pod')).of, 'pod web')
  const all = ['Pod', 'Service', 'ConfigMap', 'Role', 'Job'].map(kind => of(kind)).join('---\n')
  assert.equal(readManifest(all).of, 'pod web, service web, configmap web, 2 others')
  const list = `apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Pod, metadata: {generateName: web-}}\n`
  assert.equal(readManifest(list).of, 'pod web-')
})

test('the values of secrets are known in each form', () => {
  const { secrets } = readManifest(of('Secret', 'data: {a: aHVudGVyMg==}\nstringData: {b: 12345, c: s3cret}\n'))
  for (const value of ['aHVudGVyMg==', 'hunter2', '12345', 's3cret', 'czNjcmV0'])
    assert.ok(secrets.includes(value), value)
  assert.deepEqual(readManifest(of('ConfigMap', 'data: {a: b}\n')).secrets, [])
})

test('a secret with values does not stand in a feature', () => {
  const held = readManifest(of('Secret', 'stringData: {b: hunter2}\n'))
  assert.throws(() => withoutSecrets(held), { name: 'UsageError', message: /no place for them/ })
  assert.throws(
    () => withoutSecrets(held),
    ({ message }: Error) => !message.includes('hunter2'),
  )
  assert.equal(withoutSecrets(readManifest(of('Secret'))).of, 'secret web')
})

for (const [what, text, says] of [
  ['nothing', '', /is empty/],
  ['a remark', '---\n# nothing\n', /is empty/],
  ['a word', 'web', /no resource/],
  ['a list of YAML', '- a', /no resource/],
  ['no kind', 'apiVersion: v1\nmetadata: {name: web}', /without kind/],
  ['no version', 'kind: Pod\nmetadata: {name: web}', /without apiVersion/],
  ['no name', 'apiVersion: v1\nkind: Pod', /without metadata\.name/],
  ['no YAML', 'apiVersion: [', /is no YAML/],
] as const)
  test(`${what} is refused`, () => assert.throws(() => readManifest(text), { name: 'UsageError', message: says }))
