/** What asking a machine costs, beside plain QEMU and the ssh program. The machine is the laptop of the demo, offline. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { argv, sh } from '../../support/core/command.ts'
import { ConnectionLost } from '../../support/core/errors.ts'
import { systemClock } from '../../support/core/time/clock.ts'
import { milliseconds, minutes, seconds } from '../../support/core/time/duration.ts'
import type { Machine, NixosShellPlan } from '../../support/machine/machine.ts'
import { agentOptions, agentSocket, scriptEnvironment } from '../../support/machine/qemu/options.ts'
import type { Toolchain } from '../../support/nix/toolchain.ts'
import { unit, units } from '../../support/probe/units/unit.ts'
import { SerialShell } from '../../support/shell/serial.ts'
import type { Shell } from '../../support/shell/shell.ts'
import { benchContext } from './context.ts'
import { median, ms, type Part, ratio, s, time } from './measure.ts'

const ROUNDS = 200
/** A machine that an earlier run has kept would not boot. */
const FRESH = { id: 'bench', feature: 'bench', isolation: 'fresh', milestone: false } as const

export const machine: Part = async say => {
  await using bench = await benchContext('fixtures/flakes/laptop', 't14')
  const { folder, machines, name, plan, toolchain } = bench
  const plain = await time(() => plainBoot(plan, toolchain))
  const booted = await time(() => machines.get(name, FRESH))
  say('boot until ready', s(booted), `plain QEMU of the same guest ${s(plain)}: ${ratio(booted, plain)}`)

  const t14 = await machines.get(name)
  const serial = await t14.shell('serial')
  const ssh = await t14.shell('ssh')
  const master = await overControlMaster(t14, plan, folder)
  say('round trip, serial', ms(await roundTrip(serial)), `median of ${ROUNDS}`)
  say('round trip, ssh', ms(await roundTrip(ssh)), `the ssh program with ControlMaster ${ms(master)}`)

  const names = await fiftyUnits(serial)
  const one = await median(10, () => ask(serial, unit.command('sshd.service')))
  const fifty = await median(10, () => ask(serial, units.command(names)))
  say(`a table of ${names.length} units`, ms(fifty), `one service ${ms(one)}: ${ratio(fifty, one)}`)
}

/** Units of every kind, since a small machine has fewer services. */
async function fiftyUnits(shell: Shell): Promise<string[]> {
  const { stdout } = await ask(shell, sh`systemctl list-units --state active --plain --no-legend --no-pager`)
  const names = stdout
    .toString()
    .split('\n')
    .map(line => line.split(' ')[0] ?? '')
  return names.filter(name => /^[\w@.:-]+$/.test(name)).slice(0, 50)
}

const ask = (shell: Shell, command: { readonly script: string }) => shell.run(command, { attempt: seconds(60) })
const roundTrip = (shell: Shell): Promise<number> => median(ROUNDS, () => ask(shell, argv('true')))

/** The same script with nothing but the harness port, until the guest itself says that it is ready. */
async function plainBoot({ vm }: NixosShellPlan, toolchain: Toolchain): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'nc-plain-'))
  const env = scriptEnvironment(dir, agentOptions(dir))
  const { file, args, options } = toolchain.wrap(['sh', '-c', 'exec "$0"/bin/run-*-vm', vm], {
    cwd: dir,
    env,
    writable: [dir],
  })
  const qemu = spawn(file, args, { cwd: options.cwd, env: options.env, stdio: ['pipe', 'ignore', 'ignore'] })
  await using shell = SerialShell.open({ socketPath: agentSocket(dir) })
  await answered(shell)
  qemu.kill('SIGKILL')
  rmSync(dir, { recursive: true, force: true })
}

/** QEMU first has to make the socket, and the guest to open its end. */
async function answered(shell: SerialShell): Promise<void> {
  for (;;) {
    try {
      return void (await shell.ready(minutes(5)))
    } catch (error) {
      if (!(error instanceof ConnectionLost)) throw error
      await systemClock.wait(milliseconds(100))
    }
  }
}

async function overControlMaster(t14: Machine, { identityFile }: NixosShellPlan, folder: string): Promise<number> {
  const { host, port } = await t14.reachable(22)
  const options = [
    'StrictHostKeyChecking=no',
    'UserKnownHostsFile=/dev/null',
    'LogLevel=ERROR',
    'ControlMaster=auto',
    `ControlPath=${folder}/m`,
    'ControlPersist=60',
  ]
  const call = (): Promise<unknown> =>
    execa(
      'ssh',
      ['-i', identityFile, '-p', `${port}`, ...options.flatMap(option => ['-o', option]), `root@${host}`, 'true'],
      { stdin: 'ignore' },
    )
  await call()
  return median(ROUNDS, call)
}
