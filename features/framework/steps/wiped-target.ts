/** A computer that is to be wiped: one for all scenarios of a process, for its boot takes a minute. */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { TargetComputer } from '../../../support/testing/target/target-computer.ts'
import { targetKey } from '../../../support/testing/target/target-key.ts'
import { notMet } from './not-met.ts'

export interface WipedTarget {
  readonly computer: TargetComputer
  /** Its host key, as its installer had it. */
  readonly knownHosts: string
}

let started: Promise<WipedTarget> | undefined

export function wipedTarget(): Promise<WipedTarget> {
  started ??= start()
  return started
}

async function start(): Promise<WipedTarget> {
  const folder = mkdtempSync(join(tmpdir(), 'nixcumber-known-'))
  const computer = await TargetComputer.start(targetKey().line)
  process.once('exit', () => {
    computer.end()
    rmSync(folder, { recursive: true, force: true })
  })
  return { computer, knownHosts: join(folder, 'known_hosts') }
}

/** Its key as it shows it now, which an earlier scenario may have changed; and its installer as it was. */
export function knownAnew(target: WipedTarget): void {
  const { computer, knownHosts } = target
  const words = ['-t', 'ed25519', '-p', String(computer.port), '127.0.0.1']
  // What it says on standard error is the banner.
  writeFileSync(
    knownHosts,
    execFileSync('ssh-keyscan', words, { stdio: ['ignore', 'pipe', 'ignore'], timeout: 60_000 }),
  )
  inTarget(target, 'while umount "$(readlink -f "$(command -v nixos-install)")" 2>/dev/null; do :; done')
  // What an installation that stopped has left mounted: the gate would say, rightly, that the disk is in use.
  inTarget(target, '! mountpoint -q /mnt || umount -R /mnt')
}

export const urlOf = ({ computer, knownHosts }: WipedTarget): string =>
  `ssh://root@127.0.0.1:${computer.port}?identity=${targetKey().identity}&known-hosts=${knownHosts}`

/** On the computer, as its owner. @throws ExpectationNotMet when it fails */
export function inTarget({ computer, knownHosts }: WipedTarget, script: string): string {
  const options = ['-o', `UserKnownHostsFile=${knownHosts}`, '-o', 'BatchMode=yes', '-i', targetKey().identity]
  const words = ['-p', String(computer.port), ...options, 'root@127.0.0.1', script]
  const { status, stdout, stderr } = spawnSync('ssh', words, { encoding: 'utf8', timeout: 120_000 })
  if (status !== 0) throw notMet(`On the computer, ${script}`, 'exit code 0', String(status), stderr)
  return stdout
}
