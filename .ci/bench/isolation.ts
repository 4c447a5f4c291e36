/** What a clean machine costs each scenario, beside booting it and beside not having one. The server of the demo, offline. */
import { lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { argv } from '../../support/core/command.ts'
import { seconds } from '../../support/core/time/duration.ts'
import type { Lease } from '../../support/machine/lease.ts'
import type { Machine } from '../../support/machine/machine.ts'
import { findAccelerator } from '../../support/machine/qemu/accelerator.ts'
import { cachedSnapshots, cacheKey } from '../../support/machine/vm/snapshot-cache.ts'
import { cacheFolder } from '../../support/nix/cache-folder.ts'
import { openToolbox } from '../../support/nix/tools/find-toolchain.ts'
import { unit } from '../../support/probe/units/unit.ts'
import { benchContext } from './context.ts'
import { ms, type Part, ratio, s, time } from './measure.ts'

const SCENARIOS = 100

export const isolation: Part = async say => {
  await using bench = await benchContext('fixtures/flakes/server', 'fsn1')
  const { machines, name } = bench
  const cold = await time(async () => firstCheck(await machines.get(name, lease('fresh'))))
  say('cold boot and first check', s(cold))
  const back = (machine: Machine) =>
    time(async () => {
      await machine.snapshots?.restore('ready', bench.soon())
      await firstCheck(machine)
    })
  const first = await touch()
  await back(first)
  const plain = await middle(5, () => back(first))
  say('restore and first check', ms(plain), `of the cold boot: 1/${Math.round(cold / plain)}`)
  const spared = await middle(5, async () => {
    const machine = await touch()
    await scenario(machine)
    return back(machine)
  })
  say('the same with a standby that waits', ms(spared), `of the cold boot: 1/${Math.round(cold / spared)}`)

  async function touch(): Promise<Machine> {
    const machine = await machines.get(name, lease())
    await machines.markDirty(machine)
    return machine
  }
  const apart = await time(async () => {
    for (let i = 0; i < SCENARIOS; i++) await scenario(await touch())
  })
  const shared = lease()
  const together = await time(async () => {
    for (let i = 0; i < SCENARIOS; i++) await scenario(await machines.get(name, shared))
  })
  say(
    `${SCENARIOS} changing scenarios, each clean`,
    s(apart),
    `on one used machine ${s(together)}: ${ratio(apart, together)}`,
  )
  say('memory of a running machine', `${qemuMemory()} MiB`, 'resident, of 700 MiB that it has')
  const tools = await openToolbox({ offline: true }, 'the bench is offline')
  const accelerator = await findAccelerator(tools, cacheFolder())
  const qemu = `${tools.origin} ${tools.qemuVersion}`
  await twoRuns(say, cacheKey(cacheFolder(), bench.plan, { accelerator, qemu }))
}

/** The median of what so many calls give. */
async function middle(times: number, measure: () => Promise<number>): Promise<number> {
  const all: number[] = []
  for (let i = 0; i < times; i++) all.push(await measure())
  return all.sort((a, b) => a - b)[Math.floor(times / 2)] ?? Number.NaN
}

let count = 0
const lease = (wants: Lease['isolation'] = 'clean'): Lease => ({
  id: `bench ${++count}`,
  feature: 'bench',
  isolation: wants,
  milestone: false,
})

async function firstCheck(machine: Machine): Promise<void> {
  const shell = await machine.shell('serial')
  await shell.run(unit.command('sshd.service'), { attempt: seconds(60) })
}

/** What a small real one does: a service restarted, and looked at. */
async function scenario(machine: Machine): Promise<void> {
  const shell = await machine.shell('serial')
  await shell.run(argv('systemctl', 'restart', 'status'), { attempt: seconds(60) })
  await shell.run(unit.command('status.service'), { attempt: seconds(60) })
}

/** The first without what an earlier run has kept. */
async function twoRuns(say: Parameters<Part>[0], kept: string): Promise<void> {
  for (const folder of await cachedSnapshots(kept)) rmSync(folder, { recursive: true, force: true })
  const out = mkdtempSync(join(tmpdir(), 'nixcumber-bench-'))
  const words = ['bin/nixcumber.js', 'run', '--offline', 'features/hetzner.feature', '--out', out]
  const run = (): Promise<number> => time(() => execa('node', words, { stdin: 'ignore' }))
  const first = await run()
  const second = await run()
  rmSync(out, { recursive: true, force: true })
  say('second run of an unchanged suite', s(second), `the first ${s(first)}: ${ratio(second, first)}`)
  for (const folder of await cachedSnapshots(kept)) say('disk of a saved state', `${mebibytes(folder)} MiB`)
}

function mebibytes(folder: string): number {
  const blocks = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(
    file => lstatSync(join(folder, file)).blocks,
  )
  return Math.round(blocks.reduce((sum, each) => sum + each, 0) / 2048)
}

/** Resident memory (proc(5), statm) of the newest QEMU of this user. */
function qemuMemory(): number {
  const ids = readdirSync('/proc').filter(
    id => /^\d+$/.test(id) && /^[^\0]*qemu-system/.test(read(`/proc/${id}/cmdline`)),
  )
  const pages = Number(read(`/proc/${ids.sort((a, b) => Number(b) - Number(a))[0]}/statm`).split(' ')[1])
  return Math.round(pages / 256)
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
