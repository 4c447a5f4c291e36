/** Sentences about a target: as they are asked, and as they are missed. */
import type { Asked } from './judgement.ts'

const of = (sentence: string, missed: string): Asked => ({ sentence, missed })

export const asksFor = {
  disk: (device: string, size: string) =>
    of(`the target has disk "${device}" of at least ${size}`, `The target has no disk "${device}" of at least ${size}`),
  hangs: (host: string) =>
    of(`nothing else hangs on the disks of host "${host}"`, `Something else hangs on the disks of host "${host}"`),
  firmware: (host: string) =>
    of(`the target boots as host "${host}" expects`, `The target does not boot as host "${host}" expects`),
  architecture: (host: string) =>
    of(`the target has the architecture of host "${host}"`, `The target has not the architecture of host "${host}"`),
  drivers: (host: string) =>
    of(
      `disks and network cards of the target have drivers in host "${host}"`,
      `Disks or network cards of the target have no drivers in host "${host}"`,
    ),
  network: (host: string) =>
    of(`the network of the target fits host "${host}"`, `The network of the target does not fit host "${host}"`),
  memory: (host: string) =>
    of(
      `the target has memory for the installer of host "${host}"`,
      `The target has not the memory for the installer of host "${host}"`,
    ),
  hostKey: (host: string) =>
    of(
      `the host key of the target is kept in host "${host}"`,
      `The host key of the target is not kept in host "${host}"`,
    ),
  backup: (age: string, address: string) =>
    of(
      `a backup of the target ${address} is not older than ${age}`,
      `There is no backup of the target ${address} that is not older than ${age}`,
    ),
} as const
