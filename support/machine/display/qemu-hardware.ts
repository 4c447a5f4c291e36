import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { EnvironmentBroken, NotSupported } from '../../core/errors.ts'
import { seconds } from '../../core/time/duration.ts'
import { withTimeout } from '../../core/time/with-timeout.ts'
import type { Hardware } from '../hardware.ts'
import type { Qmp } from '../qemu/qmp.ts'
import type { QKeyCode } from './key-codes.ts'
import { decodeText, readTextMode, TEXT_MEMORY, type TextScreen } from './vga-text.ts'

/** The QEMU that runs a machine now: after a restore it is another one. */
export interface PresentQemu {
  readonly qemu: { readonly qmp: Qmp }
  /** A folder to which it can write. */
  readonly dir: string
}

/** The hardware of a machine in QEMU, by QMP. */
export class QemuHardware implements Hardware {
  readonly #name: string
  readonly #present: PresentQemu

  constructor(name: string, present: PresentQemu) {
    this.#name = name
    this.#present = present
  }

  async setLink(up: boolean): Promise<void> {
    const cards = networkCards(await this.#human('info network'))
    if (cards.length === 0) throw new NotSupported(`Machine "${this.#name}" has no network card`)
    // The card's own end of the cable: its state is part of a snapshot, that of the other end is not.
    for (const name of cards) await this.#execute('set_link', { name, up })
  }

  async press(chord: readonly QKeyCode[]): Promise<void> {
    await this.#needsDisplay()
    const keys = chord.map(data => ({ type: 'qcode', data }))
    await this.#execute('send-key', { keys, 'hold-time': HELD_MS })
  }

  async picture(): Promise<Buffer> {
    await this.#needsDisplay()
    return this.#written('screen.png', filename => this.#execute('screendump', { filename, format: 'png' }))
  }

  async textScreen(): Promise<TextScreen | undefined> {
    await this.#needsDisplay()
    // While it stands still no other program uses the registers, of which there is one index for all.
    const { running } = await this.#ask(status, 'query-status')
    if (running) await this.#execute('stop')
    try {
      const mode = await readTextMode((port, index) => this.#register(port, index))
      if (!mode) return undefined
      const { address: val, bytes: size } = TEXT_MEMORY
      const save = (filename: string) => this.#execute('pmemsave', { val, size, filename })
      return decodeText(await this.#written('screen.bin', save), mode)
    } finally {
      if (running) await this.#execute('cont')
    }
  }

  async #register(port: number, index: number): Promise<number> {
    const before = await this.#in(port)
    await this.#out(port, index)
    const value = await this.#in(port + 1)
    await this.#out(port, before)
    return value
  }

  async #in(port: number): Promise<number> {
    const said = await this.#human(`i /b 0x${port.toString(16)}`)
    const value = /= 0x([0-9a-f]+)/i.exec(said)?.[1]
    if (value === undefined)
      throw new EnvironmentBroken(`QEMU did not read port 0x${port.toString(16)}: ${said.trim()}`)
    return Number.parseInt(value, 16)
  }

  async #out(port: number, value: number): Promise<void> {
    await this.#human(`o /b 0x${port.toString(16)} 0x${value.toString(16)}`)
  }

  async #written(name: string, write: (file: string) => Promise<unknown>): Promise<Buffer> {
    const file = join(this.#present.dir, name)
    await write(file)
    const content = await readFile(file)
    await rm(file)
    return content
  }

  #execute(command: string, args?: Readonly<Record<string, unknown>>): Promise<unknown> {
    return this.#inTime(command, this.#present.qemu.qmp.execute(command, args))
  }

  #human(line: string): Promise<string> {
    return this.#inTime(line, this.#present.qemu.qmp.human(line))
  }

  #ask<T>(schema: z.ZodType<T>, command: string): Promise<T> {
    return this.#inTime(command, this.#present.qemu.qmp.ask(schema, command))
  }

  /** A QEMU that hangs must not hang those who only want a picture of it. */
  #inTime<T>(command: string, answer: Promise<T>): Promise<T> {
    const silent = (): Error => new EnvironmentBroken(`QEMU of machine "${this.#name}" gave no answer to ${command}`)
    return withTimeout(answer, QMP_TIMEOUT, silent)
  }

  async #needsDisplay(): Promise<void> {
    if (await this.#hasDisplay()) return
    throw new NotSupported(
      `Machine "${this.#name}" has no display\n\n  Next       read its console: Then the console shows "…"; or give its QEMU a display: -device VGA`,
    )
  }

  async #hasDisplay(): Promise<boolean> {
    const devices = await this.#ask(pci, 'query-pci')
    const displays = devices.flatMap(({ devices }) => devices).filter(each => each.class_info.class >> 8 === DISPLAY)
    return displays.length > 0
  }
}

const HELD_MS = 60
const QMP_TIMEOUT = seconds(20)
/** Base class of PCI devices that show something. */
const DISPLAY = 0x03

const status = z.object({ running: z.boolean() })
const pci = z.array(z.object({ devices: z.array(z.object({ class_info: z.object({ class: z.number() }) })) }))

/** Names of the network cards in `info network`: `virtio-net-pci.0: index=0,type=nic,model=…`. */
export const networkCards = (text: string): string[] =>
  [...text.matchAll(/^[ \\]*([^\s\\]\S*): index=\d+,type=nic,/gm)].map(([, name = '']) => name)
