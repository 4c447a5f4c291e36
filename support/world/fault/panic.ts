import { sh } from '../../core/command.ts'
import { ExpectationNotMet, NixcumberError, NotSupported } from '../../core/errors.ts'
import { rows } from '../../core/text/text.ts'
import { Deadline } from '../../core/time/deadline.ts'
import { scale, seconds } from '../../core/time/duration.ts'
import type { Machine } from '../../machine/machine.ts'
import { order } from '../health/expected-faults.ts'
import { runChecked } from '../machines/run-checked.ts'
import type { NixWorld } from '../world.ts'

const PANIC_TIMEOUT = seconds(20)
/** Of drivers/tty/sysrq.c; any other panic is one that no step ordered. */
const LINE = /Kernel panic - not syncing: sysrq triggered crash/

/**
 * Lets the kernel panic, and waits until its console says so. What follows is the machine's own affair: with `panic=N` on its
 * command line it starts anew by itself, without it stands still.
 */
export async function panic(world: NixWorld, machine: Machine): Promise<void> {
  const { console } = machine
  if (!console)
    throw new NotSupported(
      `"${machine.name}" is a live host: its kernel is not made to panic, because nixcumber could not start it again`,
    )
  const from = console.position
  order(machine, { what: 'panicked', line: LINE })
  // Later and by itself, so that this command still gets its answer.
  const script = sh`test -w /proc/sysrq-trigger || { echo 'this kernel has no sysrq' >&2; exit 1; }
setsid sh -c 'sleep 1; echo c >/proc/sysrq-trigger' </dev/null >/dev/null 2>&1 &`
  const failed = `The kernel of ${machine.name} was not made to panic`
  const seen = console.expect(LINE, Deadline.after(scale(PANIC_TIMEOUT, machine.slowness)), from)
  const told = runChecked(world, machine, script, { failed, attempt: PANIC_TIMEOUT }).catch(error => {
    // It was faster than its answer.
    if (!(error instanceof NixcumberError && error.retryable)) throw error
  })
  try {
    await Promise.race([seen, told.then(() => seen)])
  } catch (error) {
    if (!(error instanceof ExpectationNotMet)) throw error
    const next = 'the kernel must talk on that console: see console= in boot.kernelParams'
    throw new ExpectationNotMet(
      `The kernel of ${machine.name} did not panic when told to\n${rows({ Evidence: `console: ${console.transcriptFile}`, Next: next })}`.trimEnd(),
    )
  }
}
