/** The wait from the start of a QEMU until its machine answers, and what is said when it never does. */
import type { Deadline } from '../../core/time/deadline.ts'
import type { GuestAccess } from '../access/guest-access.ts'
import type { SerialLine } from '../console/serial-line.ts'
import { EarlyConsole, onlyEarly } from '../qemu/early-console.ts'
import type { QemuProcess } from '../qemu/process.ts'
import { watchBoot } from './boot-watch.ts'
import { brokenBoot, neverReady, qemuDied, type Scene, switchedOff } from './messages.ts'

export interface Booting {
  readonly line: SerialLine
  readonly access: GuestAccess
  readonly qemu: QemuProcess
  /** Folder of that QEMU. */
  readonly dir: string
  /** Id of the boot before; undefined at the first one. */
  readonly after: string | undefined
}

/** @param sceneNow a machine may have been reset while it was waited for: then its boot begins later. @returns the id of the boot. @throws ConfigurationBroken by the machine's fault, EnvironmentBroken by QEMU's */
export async function untilReady(booting: Booting, sceneNow: () => Scene, deadline: Deadline): Promise<string> {
  const { line, access, qemu, dir, after } = booting
  const ready = (signal: AbortSignal) => access.ready({ deadline, after, signal })
  using early = await EarlyConsole.open(dir)
  const outcome = await watchBoot(ready, { qemu, line, early, deadline })
  if (outcome.is === 'ready') return outcome.bootId
  const scene = sceneNow()
  tellEarly(early.text, line, scene)
  if (outcome.is === 'trouble') throw brokenBoot(scene, outcome.trouble)
  if (outcome.is === 'late') throw neverReady(scene, deadline.budget, await access.startupBlockers())
  throw outcome.end.by === 'guest' ? switchedOff(scene) : qemuDied(scene, outcome.end, qemu.errors)
}

/** What the kernel said before its console was there is where a reader looks for it: in the transcript. */
function tellEarly(text: string, line: SerialLine, { console, from }: Scene): void {
  const told = onlyEarly(text, console.since(from))
  if (told !== '') line.add(`\r\n--- the kernel's second serial port ---\r\n${told}\r\n`)
}
