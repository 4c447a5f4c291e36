import type { Console } from '../../console/console.ts'
import type { Deadline } from '../../core/time/deadline.ts'
import type { Shell } from '../../shell/shell.ts'
import type { Transport } from '../machine.ts'

/** How one gets into a machine that QEMU runs: through the harness's port, or by a login at its console or over ssh. */
export interface GuestAccess extends AsyncDisposable {
  readonly preferred: Transport
  /**
   * Waits for the machine's own word that it is ready and gives its boot id.
   * @param after a boot id that does not count: the machine was told to go down and has not gone yet
   * @param signal aborted when there is nothing left to wait for
   */
  ready(wait: {
    readonly deadline: Deadline
    readonly after?: string | undefined
    readonly signal: AbortSignal
  }): Promise<string>
  shell(via: Transport): Promise<Shell>
  /** Forgets the shells of a boot that is over. */
  leave(): Promise<void>
  /**
   * A shell into the same machine in another QEMU (in that folder), which has not taken over yet. Undefined where one gets in by
   * console or network only: those lead to the present one.
   */
  openIn(dir: string): Shell | undefined
  /** The other QEMU has taken over. Gives the shell that is to be asked first. */
  reconnect(): Promise<Shell>
  /** What hinders it from getting ready, as far as it can be found out: `nginx.service start running`. */
  startupBlockers(): Promise<string | undefined>
}

/** What leads into a machine, from the process that runs it. */
export interface GuestLinks {
  /** The port on the runner's loopback that leads to the machine's TCP port. */
  forward(port: number): Promise<number>
  /** Where in the console's transcript the present boot begins. */
  bootedAt(): number
  /** Whether there is no process that runs it at the moment. */
  isOff(): boolean
}

/** Those links, with the folder of the QEMU and the guest's console. */
export interface GuestContext extends GuestLinks {
  readonly dir: string
  readonly console: Console
}
