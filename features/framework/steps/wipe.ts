/** A host that is installed on a real computer by the gate. */
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { Given, type NixWorld, reads, Then, When } from 'nixcumber'
import { targetKey } from '../../../support/testing/target/target-key.ts'
import { commit, prepare } from './gate.ts'
import { notMet } from './not-met.ts'
import { trialOf } from './trial.ts'
import { inTarget, knownAnew, urlOf, wipedTarget } from './wiped-target.ts'

Given(
  'a server under git that lets the owner of a computer in',
  reads(function (this: NixWorld) {
    const trial = trialOf(this)
    prepare(trial.folder, 'fixtures/suites/wipe', 'hosts')
    trial.write('hosts/key.pub', targetKey().line)
    commit(join(trial.folder, 'hosts'))
    trial.write('nixcumber.config.json', JSON.stringify({ flake: 'hosts', facts: false }))
    cpSync(join(trial.folder, 'hosts/features'), join(trial.folder, 'features'), { recursive: true })
  }),
)

Given(
  'that computer, started by the installer of its provider',
  reads(async function (this: NixWorld) {
    knownAnew(await wipedTarget())
  }),
)

Given(
  'the installer there forgets the menu of the boot loader',
  reads(async function (this: NixWorld) {
    inTarget(await wipedTarget(), FORGETFUL)
  }),
)

/** Everything else is done as before, so that only who looks finds out. Until its next boot, or the scenario's end. */
const FORGETFUL = `set -e
own=$(readlink -f "$(command -v nixos-install)")
cp "$own" /run/own-nixos-install
printf '#!/bin/sh\\n/run/own-nixos-install "$@" && rm /mnt/boot/grub/grub.cfg\\n' >/run/nixos-install
chmod +x /run/nixos-install
mount --bind /run/nixos-install "$own"`

When(
  'nixcumber is called for that computer with {string}',
  reads(async function (this: NixWorld, words: string) {
    await trialOf(this).call(`${words} --target '${urlOf(await wipedTarget())}'`)
  }),
)

When(
  'the owner of that computer runs {string}',
  reads(async function (this: NixWorld, script: string) {
    inTarget(await wipedTarget(), script)
  }),
)

When(
  'nixcumber is told to install the server, and before its name is typed there {string}',
  reads(async function (this: NixWorld, script: string) {
    const there = await wipedTarget()
    const words = `gate server --offline --then install --target '${urlOf(there)}'`
    const typed = (): string => {
      inTarget(there, script)
      return 'server\n'
    }
    await trialOf(this).atTerminal(words, [['Type the name of the host', typed]])
  }),
)

Then('that computer still runs its installer, with nothing on its disks', async () => {
  const there = await wipedTarget()
  knownAnew(there)
  const lines = inTarget(there, 'grep VARIANT_ID /etc/os-release; lsblk --noheadings --list /dev/sda /dev/sdb')
  const count = lines.trim().split('\n').length
  if (!lines.includes('installer') || count !== 3) throw notMet('The computer', 'the installer, two empty disks', lines)
})

Then('that computer runs from its own disk, with the key that it had', async () => {
  const said = inTarget(await wipedTarget(), 'findmnt --noheadings --output SOURCE,FSTYPE /')
  if (!/^\/dev\/sd\w\d +ext4$/.test(said.trim())) throw notMet('The root of the computer', 'ext4 on its disk', said)
})
