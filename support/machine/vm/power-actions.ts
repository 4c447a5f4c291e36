import { argv } from '../../core/command.ts'
import { CommandCutOff, ConnectionLost } from '../../core/errors.ts'
import type { Deadline } from '../../core/time/deadline.ts'
import { seconds } from '../../core/time/duration.ts'
import { withTimeout } from '../../core/time/with-timeout.ts'
import type { PowerAction } from '../machine.ts'
import { notObeyed, stayedUp } from './messages.ts'
import type { VmRuntime } from './vm-runtime.ts'

const POWER_COMMAND_TIMEOUT = seconds(20)
const QEMU_EXIT_TIMEOUT = seconds(10)

/** The power button, the plug and the reset button of a machine in QEMU. */
export const powerActions = (
  power: VmRuntime,
): Readonly<Record<PowerAction, (deadline: Deadline) => Promise<void>>> => ({
  async boot(deadline) {
    if (power.qemu.end) await power.switchOn(deadline)
  },
  async reboot(deadline) {
    await Promise.all([goesDown(power, 'RESET', deadline), tell(power, 'reboot')])
    if (power.qemu.end) await power.switchOn(deadline)
    else await power.untilReady(deadline)
  },
  async shutdown(deadline) {
    await Promise.all([goesDown(power, 'SHUTDOWN', deadline), tell(power, 'poweroff')])
    await endsByItself(power)
  },
  async reset(deadline) {
    await Promise.all([goesDown(power, 'RESET', deadline), power.qemu.qmp.execute('system_reset')])
    await power.untilReady(deadline)
  },
  // The plug is pulled: nothing is written back, no process is told.
  crash: () => power.qemu[Symbol.asyncDispose](),
})

/** Resolves when QEMU tells that the machine went down, or is gone itself. @throws ExpectationNotMet at the deadline */
async function goesDown(
  { qemu, bootScene: scene }: VmRuntime,
  event: 'RESET' | 'SHUTDOWN',
  deadline: Deadline,
): Promise<void> {
  const told = new Promise<void>(resolve => qemu.qmp.listen(said => said.event === event && resolve()))
  await withTimeout(Promise.race([told, qemu.ended]), deadline.remaining, () => stayedUp(scene, deadline.budget))
}

/**
 * The way in may be gone before the answer: then the machine has obeyed faster than it answered. Over the harness's port that is
 * not seen as a lost connection, only as a command without an end. Whether the machine goes down is judged by `goesDown`.
 */
async function tell(power: VmRuntime, action: 'reboot' | 'poweroff'): Promise<void> {
  const shell = await power.shell()
  try {
    const { exitCode, stderr } = await shell.run(argv('systemctl', action), { attempt: POWER_COMMAND_TIMEOUT })
    if (exitCode !== 0) throw notObeyed(power.bootScene, action, stderr.toString())
  } catch (error) {
    if (!(error instanceof ConnectionLost || error instanceof CommandCutOff)) throw error
  }
}

/** QEMU ends right after the machine has switched itself off, unless it was started with -no-shutdown. */
async function endsByItself({ qemu }: VmRuntime): Promise<void> {
  await withTimeout(qemu.ended, QEMU_EXIT_TIMEOUT, () => new Error('still there')).catch(() => {})
  await qemu[Symbol.asyncDispose]()
}
