/** Answers of a real NixOS (modules of 20.09, systemd 247), as they came; how they were recorded is told in fixtures/transcripts/README.md. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import type { CommandResult } from '../core/command.ts'
import { group } from './accounts/group.ts'
import { user, users } from './accounts/user.ts'
import { known } from './fact.ts'
import { file } from './files/file.ts'
import { http } from './http/http.ts'
import { type PortQuery, port } from './network/port.ts'
import type { Probe } from './probe.ts'
import { announced } from './sections.ts'
import { nixos } from './system/nixos.ts'
import { system } from './system/system.ts'
import { answered } from './testing/answered.ts'
import { journal } from './units/journal.ts'
import { END } from './units/journal-search.ts'
import { unit, units } from './units/unit.ts'
import { unitProperty } from './units/unit-properties.ts'
import { UnreadableAnswer } from './unreadable-answer.ts'

const folder = join(import.meta.dirname, '../../fixtures/transcripts/nixos-20.09')
const answer = (stdout: Buffer | string, stderr = '') => ({
  exitCode: 0,
  stdout: Buffer.from(stdout),
  stderr: Buffer.from(stderr),
})
const read = <Q, F>(probe: Probe<Q, F>, query: Q, transcript: string): F =>
  probe.parse(answer(readFileSync(join(folder, `${transcript}.txt`))), query)

test('a running service', () => {
  const { id, activeState, subState, fileState, wantedBy, restarts, system } = read(unit, 'sshd.service', 'unit.sshd')
  assert.deepEqual(
    [id, activeState, subState, fileState, wantedBy, restarts, system],
    ['sshd.service', 'active', 'running', 'enabled', ['multi-user.target'], 0, 'degraded'],
  )
})

test('a failed unit tells its exit code', () => {
  const facts = read(unit, 'systemd-tmpfiles-setup.service', 'unit.oneshot')
  assert.deepEqual([facts.activeState, facts.result, facts.exit], ['failed', 'exit-code', { code: 203, signal: false }])
})

test('a unit that is not there is answered with the nearest that is', () => {
  const { loadState, nearest } = read(unit, 'ngnix.service', 'unit.missing')
  assert.deepEqual([loadState, nearest], ['not-found', 'nginx.service'])
})

test('many units in one answer, in the order of the names', () => {
  const names = ['sshd.service', 'nginx.service', 'nothing.service']
  const facts = read(units, names, 'units.three')
  assert.deepEqual(
    facts.map(({ name, loadState, activeState }) => [name, loadState, activeState]),
    [
      ['sshd.service', 'loaded', 'active'],
      ['nginx.service', 'loaded', 'active'],
      ['nothing.service', 'not-found', 'inactive'],
    ],
  )
})

test('a property of a unit, and the names of all', () => {
  const { value, exists, known } = read(unitProperty, { unit: 'sshd.service', property: 'Restart' }, 'properties.sshd')
  assert.deepEqual([value, exists, known.length > 100], ['always', true, true])
})

test('the state of the system, and what failed', () => {
  const { state, failed, starting } = read(system, undefined, 'system')
  assert.deepEqual([state, starting], ['degraded', []])
  assert.ok(failed.includes('firewall.service'))
})

test('a user with the names of all groups', () => {
  const { account, groupNames } = read(user, { name: 'simon' }, 'user.simon')
  assert.equal(groupNames.get(100), 'users')
  assert.deepEqual(account, {
    uid: 1000,
    gid: 100,
    home: '/home/simon',
    shell: '/run/current-system/sw/bin/bash',
  })
})

test('a user that is not there is answered with the nearest that is', () => {
  const { account, nearest } = read(user, { name: 'simno' }, 'user.missing')
  assert.deepEqual([account, nearest], [undefined, 'simon'])
})

test('many users in one answer', () => {
  const facts = read(users, { users: ['root', 'simon', 'nobody', 'ghost'] }, 'users')
  assert.deepEqual(
    facts.map(({ account }) => account?.uid),
    [0, 1000, 65_534, undefined],
  )
})

test('a user id is no name: what getent finds for it is another user', () => {
  assert.equal(read(user, { name: '1000' }, 'user.simon').account, undefined)
})

test('a group with its members', () => {
  assert.deepEqual(read(group, { name: 'wheel' }, 'group.wheel').found, { gid: 1, named: ['simon'], primary: [] })
  assert.equal(read(group, { name: 'weel' }, 'group.missing').nearest, 'wheel')
})

test('a file of /etc is a link into the store, its attributes those of the store', () => {
  const { found, link, content } = read(file, { path: '/etc/hostname', with: 'content' }, 'file.hostname')
  assert.deepEqual(
    [known(found)?.mode, known(link)?.target.toString(), known(content)?.bytes.toString()],
    [0o444, '/etc/static/hostname', 't14\n'],
  )
  const { sha256 } = read(file, { path: '/etc/hostname', with: 'sha256' }, 'file.hash')
  assert.match(known(sha256) ?? '', /^d74fe509/)
  assert.equal(known(read(file, { path: '/etc/shadow' }, 'file.shadow').found)?.mode, 0o600)
})

test('ports with the addresses they are bound to', () => {
  const bound = (query: PortQuery, transcript: string) =>
    read(port, query, transcript).listening.map(({ address }) => address.text)
  assert.deepEqual(bound({ protocol: 'tcp', port: 80 }, 'port.80'), ['0.0.0.0', '::'])
  assert.deepEqual(bound({ protocol: 'udp', port: 68 }, 'port.udp68'), ['0.0.0.0'])
  assert.deepEqual(bound({ protocol: 'tcp', port: 2 }, 'port.80'), [])
  assert.deepEqual(bound({ protocol: 'tcp', port: 22 }, 'port.22'), ['0.0.0.0', '::'])
})

test('a page', () => {
  const facts = read(http, 'http://localhost/', 'http.200')
  assert.ok('status' in facts)
  assert.deepEqual(
    [facts.status, facts.headers.get('server'), facts.body.toString(), facts.hidden],
    [200, 'nginx', 'Welcome to t14\n', undefined],
  )
})

/** They were recorded when the search came first, and once. */
function logged(transcript: string): CommandResult {
  const [found = Buffer.alloc(0), ...others] = announced(readFileSync(join(folder, `${transcript}.txt`))).map(
    ({ bytes }) => bytes,
  )
  const ended = Buffer.concat([found, Buffer.from(`${found.length > 0 ? '\n' : ''}${END}`)])
  return answered([...others, ended, ended, ''])
}

test('lines of a journal, and whether there is such a unit at all', () => {
  const query = { unit: 'sshd.service', pattern: { text: 'Server listening' } }
  const { matches } = journal.parse(logged('journal.sshd'), query)
  assert.deepEqual(matches, ['Server listening on 0.0.0.0 port 22.', 'Server listening on :: port 22.'])
  assert.equal(journal.parse(logged('journal.missing'), query).unitExists, false)
})

test('a journal that could not be read does not say that a line is missing', () => {
  const closed = answered(['', 'loaded', '', 'running', END, '', ''])
  const query = { unit: 'sshd.service', pattern: { text: 'Failed password' } }
  assert.throws(() => journal.parse(closed, query), /journal of sshd\.service could not be read: .*this user may not/)
})

test('what identifies the system', () => {
  const facts = read(nixos, undefined, 'nixos')
  assert.match(facts.toplevel, /^\/nix\/store\/\w{32}-nixos-system-t14-/)
  assert.deepEqual(
    [facts.booted === facts.toplevel, facts.changedSinceBoot, facts.version, facts.generation, facts.systemd],
    [true, { is: [] }, '20.09pre-git (Nightingale)', '1', '247'],
  )
})

const nonsense: readonly Probe<never, unknown>[] = [unit, unitProperty, system, user, group, file, port] as never
for (const [i, probe] of nonsense.entries())
  test(`no answer is not taken for an answer (${i + 1})`, () => {
    const query = { names: ['x'], path: '/', protocol: 'tcp', port: 1 } as never
    assert.throws(() => probe.parse(answer('', 'systemctl: command not found'), query), UnreadableAnswer)
  })

test('why an answer could not be read is said in the first line', () => {
  const result = answer('', 'Failed to connect to bus: No such file or directory\n')
  assert.throws(() => unit.parse(result, 'sshd.service'), /could not be read: Failed to connect to bus/)
})
