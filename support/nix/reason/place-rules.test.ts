import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { EnvironmentBroken } from '../../core/errors.ts'
import type { Message, NixOutcome } from '../nix-process.ts'
import { nixError } from './nix-error.ts'
import { readReason } from './reason.ts'
import { SourceMap } from './source-map.ts'

const message = (raw: string): Message => ({ kind: 'message', level: 0, raw, text: raw, trace: [] })
const outcome = (raw: string, more: Partial<NixOutcome> = {}): NixOutcome => ({
  exitCode: 1,
  stdout: '',
  stray: [],
  builders: new Map(),
  messages: [message(raw)],
  ...more,
})

/** Said by Nix 2.26.3, git 2.47 and Lix 2.93, and by the sources of Nix 2.30 (derivation-building-goal.cc). */
const WORDS: readonly (readonly [said: string, hint: RegExp])[] = [
  [
    "experimental Nix feature 'pipe-operators' is disabled; add '--extra-experimental-features pipe-operators' to enable it",
    /extra-experimental-features = pipe-operators in nix\.conf or NIX_CONFIG, or in the flake's nixConfig where/,
  ],
  ["experimental Lix feature 'pipe-operator' is disabled; add '--extra-…", /= pipe-operator in nix\.conf/],
  [
    "experimental Nix feature 'ca-derivations' is disabled; add '--extra-experimental-features ca-derivations' to enable it",
    /extra-experimental-features = ca-derivations in nix\.conf or NIX_CONFIG$/,
  ],
  [
    `opening Git repository "/srv/x": repository path '/srv/x/' is not owned by current user`,
    /safe\.directory \/srv\/x, or/,
  ],
  [
    'opening Git repository "/srv/z": could not find repository at \'/srv/z\'',
    /git -C \/srv\/z status; path:\/srv\/z takes the folder as it is/,
  ],
  [
    'nixcumber: the host box is a container (boot.isContainer): it has no kernel that a virtual machine could start',
    /where it runs .*virtualisation\.vmVariant\.boot\.isContainer/,
  ],
  ["fatal: detected dubious ownership in repository at '/srv/y'", /safe\.directory \/srv\/y, or/],
  [
    "a 'aarch64-linux' with features {} is required to build '/nix/store/x.drv', but I am a 'x86_64-linux' with features {kvm}",
    /cannot build for aarch64-linux: boot\.binfmt\.emulatedSystems = \[ "aarch64-linux" \].*remote builder/,
  ],
  [
    "a 'x86_64-linux' with features {kvm, zz} is required to build '/nix/store/x.drv', but I am a 'x86_64-linux' with features {kvm}",
    /system-features = kvm zz in nix\.conf/,
  ],
  [
    "Cannot build '/nix/store/x.drv'.\nReason: required system or feature not available\nRequired system: 'aarch64-linux' with features {}\nCurrent system: 'x86_64-linux' with features {kvm}",
    /cannot build for aarch64-linux: boot\.binfmt/,
  ],
]
for (const [said, hint] of WORDS)
  test(`no verdict on the host: ${said.split('\n')[0]}`, () => {
    const error = nixError('host "t14" does not evaluate', readReason(outcome(said), new SourceMap({})))
    assert.ok(error instanceof EnvironmentBroken)
    assert.equal(error.exitCode, 3)
    assert.match(/Next +(.*)/.exec(error.message)?.[1] ?? '', hint)
  })

test('a builder whose programs do not run here is not the configuration’s fault', () => {
  const builders = new Map([['x', ["error: executing '/nix/store/b-bash/bin/bash': Exec format error"]]])
  const raw = "builder for '/nix/store/00000000000000000000000000000000-x.drv' failed with exit code 1"
  assert.equal(readReason(outcome(raw, { builders }), new SourceMap({})).kind, 'no-builder')
  // A script of the configuration's own that cannot be run is its fault.
  const own = new Map([['x', ['./build.sh: cannot execute: Exec format error']]])
  assert.equal(readReason(outcome(raw, { builders: own }), new SourceMap({})).fault, 'configuration')
})

test('pipes are a syntax error only to a Nix that was asked for them and has none', () => {
  const folder = mkdtempSync(join(tmpdir(), 'nixcumber-pipes-'))
  test.after(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'm.nix'), '1 |> (x: x\n')
  const raw = "syntax error, unexpected '>'"
  const at = { ...message(raw), position: { file: join(folder, 'm.nix'), line: 1 } }
  const old = { ...message("warning: unknown experimental feature 'pipe-operators'"), level: 1 }
  const read = (...messages: Message[]) => readReason(outcome(raw, { messages }), new SourceMap({ folder }))
  assert.equal(read(old, at).fault, 'environment')
  assert.match(read(old, at).hint ?? '', /2\.24 or newer/)
  assert.equal(read(at).kind, 'syntax')
  assert.equal(read(old, { ...at, position: { ...at.position, line: 2 } }).kind, 'syntax')
})

test('a missing file of a git submodule is told how to be had', t => {
  const folder = mkdtempSync(join(tmpdir(), 'nixcumber-submodule-'))
  t.after(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, '.gitmodules'), '[submodule "sub"]\n\tpath = parts/sub\n\turl = ../sub\n')
  const hint = (path: string) =>
    readReason(outcome(`path '${path}' does not exist`), new SourceMap({ folder })).hint ?? ''
  assert.match(hint('parts/sub/web.nix'), /^parts\/sub is a git submodule, .*--flake '\.\?submodules=1'/)
  for (const other of ['parts/submarine.nix', 'web.nix']) assert.match(hint(other), /git add it$/)
})
