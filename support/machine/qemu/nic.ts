import { join } from 'node:path'
import { deferred } from '../../core/deferred.ts'
import { EnvironmentBroken, NotSupported } from '../../core/errors.ts'
import { seconds } from '../../core/time/duration.ts'
import { withTimeout } from '../../core/time/with-timeout.ts'
import type { Qmp } from './qmp.ts'

/** A network card that is plugged into a running machine; the other end of its cable is ours. */
export interface Nic {
  /** One word: it names the devices in QEMU. */
  readonly id: string
  readonly mac: string
  /** Listens at the unix socket, before QEMU connects there: frames with their length before each, 4 bytes big-endian. */
  listen(path: string): Promise<void>
}

/** How long a guest under emulation may take to let go of a card. */
const LETTING_GO = seconds(30)

/**
 * The cards that were plugged into one machine at run time. The guest's kernel sees each come as a real one comes, so the machine
 * and its boot are what they are without a network: a card does not take part in a boot, it is plugged in again afterwards.
 */
export class Nics {
  /** Present in QEMU. One that has been through a boot is known by a name of the guest's own and has no carrier. */
  readonly #present = new Map<string, 'plugged' | 'stale'>()
  #qmp: Qmp
  #dir: string

  /** @param dir folder of the QEMU, in which it finds the sockets */
  constructor(qmp: Qmp, dir: string) {
    this.#qmp = qmp
    this.#dir = dir
  }

  get plugged(): readonly string[] {
    return [...this.#present].filter(([, state]) => state === 'plugged').map(([id]) => id)
  }

  /** Whether QEMU has devices that it was not started with. */
  get any(): boolean {
    return this.#present.size > 0
  }

  /**
   * Plugs it in, once. `-netdev stream` is there since QEMU 7.2.
   * @throws NotSupported when the machine's type has no slot that takes a card at run time
   */
  async plug({ id, mac, listen }: Nic): Promise<void> {
    const state = this.#present.get(id)
    if (state === 'plugged') return
    if (state === 'stale') await this.#unplug(id)
    const path = join(this.#dir, id)
    await listen(path)
    await this.#qmp.execute('netdev_add', { type: 'stream', id, server: false, addr: { type: 'unix', path } })
    // No option ROM: there is nothing to boot from, and a reset would ask it first.
    await this.#addCard({ driver: 'virtio-net-pci', id: card(id), netdev: id, mac, romfile: '' })
    this.#present.set(id, 'plugged')
  }

  async #addCard(card: Readonly<Record<string, string>> & { readonly netdev: string }): Promise<void> {
    try {
      await this.#qmp.execute('device_add', card)
    } catch (error) {
      await this.#qmp.execute('netdev_del', { id: card.netdev })
      if (!/hotplug/.test(String(error))) throw error
      // A q35 has slots, but none of them takes a card at run time unless it was started with root ports.
      throw new NotSupported(
        'This machine takes no network card while it runs: its QEMU needs the machine type "pc", which is the usual one',
        { cause: error },
      )
    }
  }

  /** The machine boots again. Without a carrier no program in it waits for an address that will not come. */
  restarted(): void {
    for (const id of this.#present.keys()) {
      this.#present.set(id, 'stale')
      this.#qmp.execute('set_link', { name: card(id), up: false }).catch(() => {})
    }
  }

  /** QEMU was started anew, without any card of ours. */
  moveTo(qmp: Qmp, dir: string): void {
    this.#qmp = qmp
    this.#dir = dir
    this.#present.clear()
  }

  async #unplug(id: string): Promise<void> {
    const deleted = deferred<void>()
    const off = this.#qmp.listen(({ event, data }) => {
      if (event === 'DEVICE_DELETED' && data.device === card(id)) deleted.resolve()
    })
    try {
      await this.#qmp.execute('device_del', { id: card(id) })
      await withTimeout(deleted.promise, LETTING_GO, () => keptHold())
    } finally {
      off()
    }
    await this.#qmp.execute('netdev_del', { id })
    this.#present.delete(id)
  }
}

const card = (id: string): string => `${id}-card`

const keptHold = (): EnvironmentBroken => new EnvironmentBroken('The machine did not let go of its network card')
