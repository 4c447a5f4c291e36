/** Stages of an installation: what each does, and what is true of the target when it fails. */
import type { Stage } from '../stages.ts'

type Said = Omit<Stage<unknown>, 'run'>

export const VERIFY: Said = {
  name: 'verify',
  does: 'holds what lies in the store, and the target, against the verdict',
  otherwise: 'nothing was changed',
}
export const KEXEC: Said = {
  name: 'kexec',
  does: 'starts the installer in its memory',
  otherwise:
    'its disks are untouched; it runs what it ran, or the installer: a reboot by its provider brings back what it was',
}
export const LOOK_AGAIN: Said = {
  name: 'preflight',
  does: 'looks at it again in the installer: the same disks, the same key',
  otherwise: 'its disks are untouched; it runs the installer: a reboot brings back what it was',
}
export const DISKO: Said = {
  name: 'disko',
  does: 'wipes its disks and lays them out',
  otherwise: 'its disks are wiped or half laid out, and nothing is installed: it will not boot. The installer runs on',
}
export const INSTALL: Said = {
  name: 'install',
  does: 'copies the system there and installs its boot loader',
  otherwise: 'its disks are laid out, and nothing whole is installed: it will not boot. The installer runs on',
}
export const INSPECT: Said = {
  name: 'inspect',
  does: 'looks at what lies below /mnt before anything is started from it',
  otherwise:
    'its disks are wiped, and what lies there was not found to be what is bound: it was not rebooted. The installer runs on',
}
export const REBOOT: Said = {
  name: 'reboot',
  does: 'reboots it',
  otherwise: 'what is bound is installed; whether it was told to reboot is not known',
}
export const RETURN: Said = {
  name: 'return',
  does: 'waits for it with the announced host key, from another boot, as the system that is bound',
  otherwise: 'what is bound is installed, and it was rebooted; it has not been seen to run it',
}
export const FEATURES: Said = {
  name: 'features',
  does: 'runs the features on it',
  otherwise: 'it runs the system that is bound; its features have not been seen to hold',
}
