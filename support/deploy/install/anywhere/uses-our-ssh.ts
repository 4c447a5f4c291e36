/** Whether nixos-anywhere takes the `ssh` that comes first in PATH: one that is packaged otherwise would reach the target past our host keys. */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sh } from '../../../core/command.ts'
import { EnvironmentBroken } from '../../../core/errors.ts'
import { rows } from '../../../core/text/text.ts'
import { seconds } from '../../../core/time/duration.ts'
import { type AnywhereRun, runPhases } from './phases.ts'

/** A name that is nowhere (RFC 6761, 6.4): where the trial fails, it reaches nothing. */
const NOWHERE = 'root@nixcumber.invalid'
/** Its first word to ssh is a question about its configuration. */
const PATIENCE = seconds(45)

/** @throws EnvironmentBroken when another ssh was called, or none */
export async function proveOurSsh(run: AnywhereRun): Promise<void> {
  const folder = join(run.folder, 'trial')
  const [bin, called] = [join(folder, 'bin'), join(folder, 'called')]
  await mkdir(bin, { recursive: true, mode: 0o700 })
  await writeFile(called, '', { mode: 0o600 })
  const { script } = sh`#!/bin/sh
echo "$*" >>${called}
exit 1
`
  await writeFile(join(bin, 'ssh'), script, { mode: 0o700 })
  const { identity: _, ...rest } = run
  const task = { update() {}, done() {} }
  const why = await runPhases({ ...rest, folder, bin, target: NOWHERE }, ['reboot'], { within: PATIENCE, task }).then(
    () => 'it went on without',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  )
  if ((await readFile(called, 'utf8')) === '') throw otherSsh(run, why)
}

const otherSsh = ({ anywhere }: AnywhereRun, why: string): EnvironmentBroken =>
  new EnvironmentBroken(
    `nixos-anywhere does not call the ssh that comes first in PATH: no host key would be checked\n${rows({
      Got: anywhere.from,
      Said: why,
      Next: 'use one whose script leaves ssh to PATH, as nixpkgs packages it',
    })}`.trimEnd(),
  )
