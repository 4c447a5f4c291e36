/** What a virtual machine is made of, whichever QEMU runs it. */
import type { Console } from '../../console/console.ts'
import type { Deadline } from '../../core/time/deadline.ts'
import type { GuestAccess, GuestLinks } from '../access/guest-access.ts'
import type { SerialLine } from '../console/serial-line.ts'
import type { PromptAnswer } from '../prompt-answer.ts'
import { type QemuLaunch, QemuProcess } from '../qemu/process.ts'

export interface VmRuntimeParts {
  readonly name: string
  /** How it is started for the first time. */
  readonly launch: QemuLaunch
  /** Private folder of the machine: its QEMUs, one after the other, and its saved states have theirs in it. */
  readonly home: string
  readonly line: SerialLine
  /** What is typed when the machine asks. */
  readonly answers: readonly PromptAnswer[]
  readonly console: Console & AsyncDisposable
  readonly enter: (leads: GuestLinks) => GuestAccess
  /** See `MachinePlan`. */
  readonly guestAddress?: string | undefined
}

/** Where a machine goes on that another QEMU takes over. */
export interface ResumePoint {
  readonly bootId: string
  /** Where in the console's transcript that boot begins, and where it was saved. */
  readonly bootedAt: number
  readonly position: number
  /** For readers of the transcript. */
  readonly because: string
}

/** The process group of the QEMU is told to the line: it ends with it. @throws EnvironmentBroken */
export const startQemu = ({ line }: VmRuntimeParts, launch: QemuLaunch, deadline: Deadline): Promise<QemuProcess> =>
  QemuProcess.start(launch, deadline, group => line.attach(group))
