/** The boots of machines and the starts of services that a scenario has seen: "again" and "back" mean another one than those. */
import type { BootState } from '../../claim/system/boot-state.ts'
import { EnvironmentBroken, NixcumberError } from '../../core/errors.ts'
import { refuse } from '../../core/refusal.ts'
import { type Duration, scale, seconds, shorter } from '../../core/time/duration.ts'
import type { Observation } from '../../expect/expectation.ts'
import type { Machine } from '../../machine/machine.ts'
import { boot } from '../../probe/system/boot.ts'
import { UnreadableAnswer } from '../../probe/unreadable-answer.ts'
import type { NixWorld } from '../world.ts'

const seenBoots = new WeakMap<NixWorld, Map<string, string>>()
const seenStarts = new WeakMap<NixWorld, Map<string, string>>()

const of = (seen: WeakMap<NixWorld, Map<string, string>>, world: NixWorld): Map<string, string> => {
  const known = seen.get(world) ?? new Map<string, string>()
  seen.set(world, known)
  return known
}

/** Before something that may end this boot. A machine that does not answer has none to be remembered. */
export async function rememberBoot(world: NixWorld, machine: Machine): Promise<void> {
  noteBoot(world, machine, await look(world, machine).catch(nothingSeen))
}

/** The boot that was just seen. */
export function noteBoot(world: NixWorld, { name }: Machine, { inside }: Partial<BootState>): void {
  if (inside) of(seenBoots, world).set(name, inside.bootId)
}

/** Where systemd answers nothing that can be read, a boot cannot be told from another one; the sentence that needs it says so. */
function nothingSeen(error: unknown): Partial<BootState> {
  if (error instanceof EnvironmentBroken) return {}
  throw error
}

/** @throws UsageError when nothing in this scenario could have ended a boot */
export function rememberedBoot(world: NixWorld, { name }: Machine): string {
  const before = of(seenBoots, world).get(name)
  if (before !== undefined) return before
  throw refuse({
    what: `Machine "${name}" cannot come back: nothing in this scenario has sent it away`,
    next: `say before what does: When the kernel panics, or: When I run "reboot"`,
  })
}

export function rememberStart(world: NixWorld, { name }: Machine, unit: string, invocation: string): void {
  of(seenStarts, world).set(`${name} ${unit}`, invocation)
}

/** @throws UsageError when this scenario has not seen the service before */
export function rememberedStart(world: NixWorld, { name }: Machine, unit: string): string {
  const before = of(seenStarts, world).get(`${name} ${unit}`)
  if (before !== undefined) return before
  throw refuse({
    what: `"again" since when? This scenario has not seen ${unit} active on ${name}`,
    next: `say before what ends it: Then service "${unit.replace(/\.service$/, '')}" is active`,
  })
}

export const bootStateOf = (world: NixWorld, machine: Machine): Observation<BootState> => ({
  subject: `machine "${machine.name}"`,
  look: ({ attempt }) => look(world, machine, attempt),
  evidence: async () => (machine.console ? { where: `console: ${machine.console.transcriptFile}` } : {}),
})

const BOOT_ID_TIMEOUT = seconds(5)

async function look(world: NixWorld, machine: Machine, left?: Duration): Promise<BootState> {
  const usual = scale(BOOT_ID_TIMEOUT, machine.slowness)
  const attempt = left ? shorter(left, usual) : usual
  const state = await machine.state()
  if (state === 'panicked') return { state, final: isFinal(machine) }
  if (state !== 'running') return { state }
  try {
    const shell = await world.shell(machine)
    return { state, inside: boot.parse(await shell.run(boot.command(), { attempt })) }
  } catch (error) {
    // an answer that says nothing is no silence
    if (error instanceof NixcumberError && error.retryable && !(error instanceof UnreadableAnswer)) return { state }
    throw error
  }
}

/** The last words of a kernel that does not start anew (kernel/panic.c). */
const isFinal = ({ console, bootedAt }: Machine): boolean =>
  console?.since(bootedAt).includes('---[ end Kernel panic') ?? false
