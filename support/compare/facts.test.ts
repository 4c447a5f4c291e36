import assert from 'node:assert/strict'
import test from 'node:test'
import { changedFacts, type Facts } from './facts.ts'
import { relatedFacts } from './related-facts.ts'
import { scenario } from './testing/sides.ts'

const of = (facts: Facts, machine = 'web1') => new Map([[machine, facts]])
const never = (): boolean => false
const changed = (then: Facts, now: Facts, differs = never) => changedFacts(of(then), of(now), differs)

test('what is new, gone or other has changed, in the order of keys; what is the same has not', () => {
  const found = changed({ units: { b: '1', c: '1', d: '1' } }, { units: { d: '2', a: '1', c: '1' } })
  assert.deepEqual(found, [
    { machine: 'web1', section: 'units', key: 'a', after: '1' },
    { machine: 'web1', section: 'units', key: 'b', before: '1' },
    { machine: 'web1', section: 'units', key: 'd', before: '1', after: '2' },
  ])
})

test('what one side did not ask, or a machine that it does not know, has not changed', () => {
  assert.deepEqual(changed({ units: { a: '1' } }, { users: { a: '1' } }), [])
  assert.deepEqual(changedFacts(of({ units: { a: '1' } }, 'web2'), of({ units: { a: '2' } }), never), [])
})

for (const [section, key, expected] of [
  ['mounts', '/srv', true],
  ['sysctl', 'vm.swappiness', true],
  ['units', 'nixcumber-agent.service', true],
  ['units', 'boot.mount', true],
  ['units', 'srv-data.mount', true],
  ['units', 'nginx.service', false],
  ['units', 'my-getty@tty1.service', false],
  ['unit definitions', 'network-setup.service', true],
  ['unit definitions', 'web.service', false],
  ['listeners', 'udp 0.0.0.0:68', true],
  ['listeners', 'udp 0.0.0.0:680', false],
  ['listeners', 'tcp 0.0.0.0:80', false],
  ['closure', 'linux', true],
  ['closure', 'nginx', false],
  ['closure', 'my-linux', false],
  ['system', 'kernel', true],
  ['system', 'hostname', true],
  ['system', 'version', false],
  ['users', 'root', false],
] as const)
  test(`between QEMU and the live host another ${section} ${key} is ${expected ? '' : 'not '}expected`, () => {
    const [then, now] = [{ [section]: { [key]: '1' } }, { [section]: { [key]: '2' } }]
    assert.equal(changed(then, now, () => true)[0]?.expected, expected ? true : undefined)
    assert.equal(changed(then, now)[0]?.expected, undefined)
  })

const change = (section: string, key: string, more = {}) => ({ machine: 'web1', section, key, after: '1', ...more })
const related = (sentence: string, ...changes: ReturnType<typeof change>[]) => {
  const now = scenario('a', { machine: 'web1', step: sentence })
  return relatedFacts(now, now.steps[0], changes).map(({ section, key }) => `${section} ${key}`)
}

test('facts that share no word with the step are no help; nor are those of another machine, and expected ones', () => {
  const nginx = change('units', 'nginx.service')
  assert.deepEqual(related('Then service "nginx" is active', change('units', 'sshd.service'), nginx), [
    'units nginx.service',
  ])
  assert.deepEqual(related('Then service "nginx" is active', { ...nginx, machine: 'web2' }), [])
  assert.deepEqual(related('Then service "nginx" is active', change('units', 'nginx.service', { expected: true })), [])
  assert.deepEqual(relatedFacts(scenario('a'), undefined, [nginx]), [])
  assert.equal(
    relatedFacts(scenario('a', { step: 'Then service "nginx" is active' }), scenario('nginx').steps[0], [nginx]).length,
    1,
  )
})

test('at most three, the nearest first: a whole name before a part of one, units before packages', () => {
  const all = [
    change('closure', 'nginx'),
    change('sysctl', 'net.nginx'),
    change('units', 'nginx-reload.service'),
    change('units', 'nginx.service'),
    change('closure', 'nginx-config'),
  ]
  assert.deepEqual(related('Then service "nginx" is active', ...all), [
    'units nginx.service',
    'closure nginx',
    'units nginx-reload.service',
  ])
})

test('words are what is quoted, ports, and names of units', () => {
  assert.deepEqual(
    related(
      'Then tcp port 80 is listening',
      change('listeners', 'tcp 0.0.0.0:80'),
      change('listeners', 'tcp 0.0.0.0:8080'),
    ),
    ['listeners tcp 0.0.0.0:80'],
  )
  assert.deepEqual(related('Then backup.timer is due', change('units', 'backup.service')), ['units backup.service'])
  assert.deepEqual(related('Then "http://localhost/" answers', change('users', 'localhost')), ['users localhost'])
  assert.deepEqual(related('Then the "a" b c is', change('users', 'a'), change('users', 'b')), [])
})
