import { join } from 'node:path'
import { systemClock } from '../../core/time/clock.ts'
import { Deadline } from '../../core/time/deadline.ts'
import { milliseconds, seconds } from '../../core/time/duration.ts'
import { speaksSsh } from '../../machine/access/ssh-banner.ts'
import { Lab } from '../../shell/testing/lab.ts'
import { fill } from './fill.ts'
import { LabHost } from './lab-host.ts'
import type { LabWish } from './wish.ts'

const SCRIPT = join(import.meta.dirname, 'boot.sh')
const BOOT_TIMEOUT = seconds(30)
const SETTLE_TIMEOUT = seconds(3)
const POLL_INTERVAL = milliseconds(20)

/**
 * Boots a host. It has sshd, journald and dbus, Debian's programs, and nothing else of the runner's; it lives in memory.
 * @throws Error when it does not come up within 30 seconds, or where it cannot (see labSkip)
 */
export async function startLabHost(wish: LabWish = {}): Promise<LabHost> {
  const start = systemClock.now()
  const name = wish.name ?? 'box'
  const inside = { script: SCRIPT, fill: (place: string) => fill(wish, place) }
  const lab = await Lab.start([{ name, inside, ...(wish.login === undefined ? {} : { user: wish.login }) }])
  try {
    await answers(lab)
    const pid = lab.inner(name)
    if (wish.settled !== false) await settled(new LabHost(lab, lab.host(name), pid, 0))
    const host = new LabHost(lab, lab.host(name), pid, systemClock.now() - start)
    host.remove(...(wish.without ?? []))
    for (const [tool, text] of Object.entries(wish.tools ?? {})) host.replace(tool, text)
    return host
  } catch (error) {
    await lab[Symbol.asyncDispose]()
    throw error
  }
}

async function answers(lab: Lab): Promise<void> {
  const deadline = Deadline.after(BOOT_TIMEOUT)
  for (const { address, name } of lab.hosts)
    while (!(await speaksSsh({ host: address, port: 22 }, deadline.remaining))) {
      if (deadline.expired) throw new Error(`the lab host "${name}" did not come up within ${BOOT_TIMEOUT.ms / 1000} s`)
      await systemClock.wait(POLL_INTERVAL)
    }
}

/** No job is left; units that never finish are the test's wish. */
async function settled(host: LabHost): Promise<void> {
  const deadline = Deadline.after(SETTLE_TIMEOUT)
  while (!deadline.expired) {
    const { stdout } = await host.run('systemctl', 'is-system-running')
    if (!['initializing', 'starting'].includes(stdout.trim())) return
    await systemClock.wait(POLL_INTERVAL)
  }
}
