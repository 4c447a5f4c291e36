import { accessSync, constants, existsSync } from 'node:fs'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { EnvironmentBroken } from '../../core/errors.ts'
import { bootId } from '../../core/files/process-identity.ts'
import { systemClock } from '../../core/time/clock.ts'
import { Deadline } from '../../core/time/deadline.ts'
import { type Duration, formatDuration, minutes, scale, seconds } from '../../core/time/duration.ts'
import type { MachineTools } from '../../nix/toolchain.ts'
import { ProcessGroup } from '../runtime/process-group.ts'
import { environmentOf, RuntimeDir } from '../runtime/runtime-dir.ts'

/** How QEMU runs guests here, and why; shown by `doctor` and in every report. */
export interface Accelerator {
  readonly name: 'kvm' | 'tcg'
  /** `KVM works`, or why it does not: stands alone after "emulation, because". */
  readonly why: string
}

const remembered = z.object({
  name: z.enum(['kvm', 'tcg']),
  why: z.string(),
  /** What the answer holds for. */
  where: z.string(),
  /** Milliseconds since 1970. */
  at: z.number(),
})

const DEVICE = '/dev/kvm'
/** A busy computer may have been too slow to answer; that KVM works is for good. */
const DOUBTED_AFTER = minutes(60)

/**
 * A sound KVM is about as fast as emulation in firmware. On a computer that is itself a guest the same sector was seen to
 * need 4.4 s, 5.8 s and more than 20 s, where emulation needs 0.15 s: that is no acceleration, though it answers.
 */
const LEAST_PATIENCE = seconds(1.5)
const TIMES_EMULATION = 5
const EXIT_PORT = 0xf4
const WORD = 0x10
/** isa-debug-exit ends QEMU with twice the written number plus one: told apart from QEMU's own failures, which end with 1. */
const EXIT_CODE = WORD * 2 + 1

/**
 * Whether KVM can be relied on. A device that opens proves nothing (on some cloud machines guests never leave the
 * firmware), so a guest of one sector is started and has to answer. Asked once per boot of this computer, QEMU and user.
 */
export async function findAccelerator(tools: MachineTools, cache: string): Promise<Accelerator> {
  // Cheap to find out, and soon mended: nothing of it is remembered.
  if (!existsSync(DEVICE)) return { name: 'tcg', why: `there is no ${DEVICE}` }
  const file = join(cache, 'accelerator.json')
  const where = [bootId(), tools.origin, tools.qemuVersion, process.getuid?.(), mayUse(DEVICE)].join(' ')
  const known = await recall(file)
  if (known?.where === where && (known.name === 'kvm' || Date.now() - known.at < DOUBTED_AFTER.ms)) return known
  const found = await probeKvm(tools)
  await mkdir(cache, { recursive: true })
  const mine = `${file}.${process.pid}`
  await writeFile(mine, JSON.stringify({ ...found, where, at: Date.now() }))
  await rename(mine, file)
  return found
}

function mayUse(device: string): boolean {
  try {
    accessSync(device, constants.R_OK | constants.W_OK)
    return true
  } catch {
    return false
  }
}

async function probeKvm(tools: MachineTools): Promise<Accelerator> {
  if (process.arch !== 'x64') return { name: 'tcg', why: `KVM on ${process.arch} is not tried` }
  const emulation = Deadline.after(seconds(30))
  const broken = await tryTinyGuest(tools, 'tcg', emulation.budget)
  if (broken !== undefined) throw new EnvironmentBroken(`QEMU does not work here: ${broken}`)
  const patience = longer(LEAST_PATIENCE, scale(emulation.elapsed, TIMES_EMULATION))
  const fault = await tryTinyGuest(tools, 'kvm', patience)
  return fault === undefined ? { name: 'kvm', why: 'KVM works' } : { name: 'tcg', why: `KVM does not work: ${fault}` }
}

/** Starts a guest of 512 bytes. Undefined when it answered, else what went wrong. */
export async function tryTinyGuest(
  tools: MachineTools,
  accelerator: Accelerator['name'],
  patience: Duration,
): Promise<string | undefined> {
  await using state = RuntimeDir.create()
  const sector = join(state.path, 'sector')
  await writeFile(sector, bootSector())
  const argv = ['qemu-system-x86_64', '-nodefaults', '-no-user-config', '-display', 'none', '-m', '16'] as const
  const devices = [
    ...['-accel', accelerator, '-device', `isa-debug-exit,iobase=${EXIT_PORT},iosize=4`],
    ...['-drive', `file=${sector},format=raw,if=floppy,readonly=on`],
  ]
  const wrap = { cwd: state.path, env: environmentOf(state.path), writable: [state.path], kvm: accelerator === 'kvm' }
  await using guest = ProcessGroup.start(tools.wrap([...argv, ...devices], wrap), state.path)
  const said: Buffer[] = []
  guest.stderr.on('data', (bytes: Buffer) => said.push(bytes))
  const giveUp = new AbortController()
  const end = await Promise.race([guest.ended, systemClock.wait(patience, giveUp.signal).catch(() => undefined)])
  giveUp.abort()
  if (end?.code === EXIT_CODE) return undefined
  if (!end) return `a guest of one sector gave no answer within ${formatDuration(patience)}`
  return Buffer.concat(said).toString().trim().split('\n').at(-1) || `QEMU ended with ${end.code ?? end.signal}`
}

const longer = (a: Duration, b: Duration): Duration => (a.ms >= b.ms ? a : b)

/** mov al, WORD; out EXIT_PORT, al; hlt; jump back to hlt. */
function bootSector(): Buffer {
  const sector = Buffer.alloc(512)
  Buffer.from([0xb0, WORD, 0xe6, EXIT_PORT, 0xf4, 0xeb, 0xfd]).copy(sector)
  return Buffer.from(sector.fill(Buffer.from([0x55, 0xaa]), 510))
}

async function recall(file: string): Promise<z.infer<typeof remembered> | undefined> {
  try {
    return remembered.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch {
    // Never asked, or written by another version: ask again.
    return undefined
  }
}
