/** What uses a disk from where lsblk does not look. Pure. */
import { type Fact, whyUnknown } from '../../probe/fact.ts'
import type { BlockDevice } from '../facts/disks.ts'
import type { TargetFacts } from '../facts.ts'
import { type Judgement, notHeld, notKnown } from '../judgement.ts'
import { devicesOf } from './tree.ts'

type Users = Pick<TargetFacts, 'namespaceMounts' | 'openDevices' | 'deviceExports'>

/** They open each device for a moment, when something of it has changed. */
const PASSING = /^(?:systemd-udevd|\(?udev-worker\)?)$/

/** Mounts in other mount namespaces, as a container has; a program that has opened the device, such as a virtual machine; exports of the kernel. */
export function heldElsewhere(ours: readonly BlockDevice[], users: Users): Judgement[] {
  const devices = ours.flatMap(devicesOf)
  const named = (name: string): BlockDevice | undefined =>
    devices.find(({ path, name: own }) => path === name || `/dev/${own}` === name)
  return [
    ...of(users.namespaceMounts, ({ program, process, number, source, point }) => {
      const device = devices.find(one => one.number !== null && one.number === number) ?? named(source)
      // What is mounted for all is told by lsblk.
      if (device === undefined || device.mountPoints.length > 0) return []
      return [
        `${device.path} is mounted at ${point} in a mount namespace of its own, by ${program} (process ${process})`,
      ]
    }),
    ...of(users.openDevices, ({ program, process, path }) => {
      const device = PASSING.test(program) ? undefined : named(path)
      return device === undefined ? [] : [`${device.path} is held open by ${program} (process ${process})`]
    }),
    ...of(users.deviceExports, ({ by, path }) => {
      const device = named(path)
      return device === undefined ? [] : [`${device.path} is exported by ${by}`]
    }),
  ]
}

function of<T>(fact: Fact<readonly T[]>, tell: (one: T) => readonly string[]): Judgement[] {
  if ('unknown' in fact) return [notKnown(`what else uses its disks is not known: ${whyUnknown(fact)}`)]
  return fact.is.flatMap(tell).map(said => notHeld(said, { next: 'end what uses it, after a look at what it does' }))
}
