import { z } from 'zod'
import { deferred } from '../../core/deferred.ts'
import { EnvironmentBroken, NotSupported } from '../../core/errors.ts'
import { rows } from '../../core/text/text.ts'
import { systemClock } from '../../core/time/clock.ts'
import { milliseconds, minutes } from '../../core/time/duration.ts'
import { withTimeout } from '../../core/time/with-timeout.ts'
import type { Qmp } from '../qemu/qmp.ts'

const status = z.object({
  status: z.string().optional(),
  'error-desc': z.string().optional(),
  'blocked-reasons': z.array(z.string()).optional(),
})

const runState = z.object({ status: z.string() })
const POLL_INTERVAL = milliseconds(5)

/** 4 GiB take half a second here; a disk that gives 20 MB a second three minutes. */
const MIGRATION_TIMEOUT = minutes(5)

/** Bytes per second; QEMU's own limit is meant for a network. */
const UNLIMITED = 1e12

/** What QEMU says against it, and what would help a NixOS user. */
const REMEDIES: readonly (readonly [RegExp, string])[] = [
  [/VirtFS|9p/i, 'share nothing: virtualisation.useNixStoreImage = true, no sharedDirectories, no extraMounts'],
  [/invtsc/i, 'leave +invtsc out of virtualisation.qemu.options'],
  [/nvme/i, 'give the disk to virtio-blk instead of NVMe'],
  [/vhost-user|virtiofs/i, 'share nothing by virtiofs: virtualisation.useNixStoreImage = true'],
]

/** @throws NotSupported when a device of the machine forbids it, with QEMU's reason and the option that would help */
export async function requireMigratable(qmp: Qmp, name: string): Promise<void> {
  const { 'blocked-reasons': reasons = [] } = await qmp.ask(status, 'query-migrate')
  if (reasons.length > 0) throw cannotBeSaved(name, reasons.join('; '))
}

export const cannotBeSaved = (name: string, reason: string): NotSupported =>
  new NotSupported(
    `The state of machine "${name}" cannot be saved\n${rows({
      Reason: reason,
      Next: REMEDIES.find(([pattern]) => pattern.test(reason))?.[1],
    })}`.trimEnd(),
  )

/** Writes memory and devices of a stopped machine into a file (QEMU docs/devel/migration, `file:`). @throws EnvironmentBroken */
export async function migrateTo(qmp: Qmp, file: string): Promise<void> {
  await qmp.execute('migrate-set-parameters', { 'max-bandwidth': UNLIMITED })
  await finished(qmp, 'migrate', `file:${file}`)
  // The event comes before QEMU has let go of its disks; until then it refuses to go on.
  while ((await qmp.ask(runState, 'query-status')).status === 'finish-migrate') await systemClock.wait(POLL_INTERVAL)
}

/** Fills a QEMU that was started with `-incoming defer` from such a file. @throws EnvironmentBroken */
export const migrateFrom = (qmp: Qmp, file: string): Promise<void> => finished(qmp, 'migrate-incoming', `file:${file}`)

async function finished(qmp: Qmp, command: 'migrate' | 'migrate-incoming', uri: string): Promise<void> {
  await qmp.execute('migrate-set-capabilities', { capabilities: [{ capability: 'events', state: true }] })
  const over = deferred<string>()
  const unlisten = qmp.listen(({ event, data }) => {
    if (event === 'MIGRATION' && (data.status === 'completed' || data.status === 'failed')) over.resolve(data.status)
  })
  // QEMU ends itself when what comes in does not fit; then no event comes any more.
  const gone = qmp.gone.then(() => 'gone')
  try {
    await qmp.execute(command, { uri })
    const end = await withTimeout(Promise.race([over.promise, gone]), MIGRATION_TIMEOUT, () => stuck(command, uri))
    if (end === 'completed') return
    const { 'error-desc': reason = 'QEMU ended' } = end === 'failed' ? await qmp.ask(status, 'query-migrate') : {}
    throw new EnvironmentBroken(`QEMU's ${command} of ${uri} failed: ${reason}`)
  } finally {
    unlisten()
  }
}

const stuck = (command: string, uri: string): EnvironmentBroken =>
  new EnvironmentBroken(`QEMU's ${command} of ${uri} has not come to an end`)
