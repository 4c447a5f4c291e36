/**
 * A guest of 512 bytes for tests with a real QEMU: it boots in a fifth of a second even under emulation. It prints its text on the
 * serial console and on its screen, gives back what is typed on the line or the keyboard, switches itself off at Ctrl-O and resets
 * itself at Ctrl-R.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Console } from '../../console/console.ts'
import { systemClock } from '../../core/time/clock.ts'
import { milliseconds } from '../../core/time/duration.ts'
import { FakeShell } from '../../shell/fake.ts'
import { OWN_MACHINE } from '../abilities.ts'
import type { GuestAccess, GuestContext } from '../access/guest-access.ts'
import type { ImagePlan, MachinePlan, NixosShellPlan } from '../machine.ts'
import type { PromptAnswer } from '../prompt-answer.ts'
import { acceleratorOptions, qmpOptions } from '../qemu/options.ts'
import { linkStoreImage, type PlannedStoreImage, storeOptions } from '../store/store-image.ts'
import type { QemuSpec } from '../vm/boot.ts'

export const CTRL_O = '\u000f'
export const CTRL_R = '\u0012'

const CODE = [
  '31c08ed8fb', //           xor ax,ax; mov ds,ax; sti
  'bafb03b003ee', //         line control of COM1: 8 bits, no parity, 1 stop bit
  'be6a7c', //               si = text
  'ac84c07405', //       p:  lodsb; test al,al; jz listen
  'e82d00ebf6', //           call put; jmp p
  'b401cd16740c', // listen: is there a key of the keyboard? else jmp serial
  'b400cd1684c0', //         take it
  '751088e0eb0c', //         its character, or where it has none its number; jmp got
  'bafd03eca80174e6', // serial: unless the line status says that there is a byte: jmp listen
  'baf803ec', //             read it
  '3c0f7420', //        got: Ctrl-O: off
  '3c127425', //             Ctrl-R: reset
  'e80200ebd5', //           call put; jmp listen
  '88c4bafd03eca82074fb', // put: until the transmitter is empty
  '88e0baf803ee', //         write it
  'b40e31dbcd10c3', //       and show it on the screen, where there is one; ret
  'ba0406b80020efeb04', // off: sleep state 5 at the PIIX4's power port; jmp stop
  'b0fee664', //      reset: pulse the keyboard controller's reset line
  'f4ebfd', //         stop: hlt; jmp stop
].join('')

/** The call of the BIOS that shows a character, and two instructions that do nothing. */
const SHOW = 'cd10c3'
const SHOW_NOT = '9090c3'

export interface OneSector {
  readonly name: string
  /** Printed at each boot. It is ready when this ends with "login: ". */
  readonly text?: string
  readonly answers?: readonly PromptAnswer[]
  /** It has a screen and a keyboard; `unused`: and writes nothing on it. */
  readonly display?: boolean | 'unused'
  /** More words for QEMU. */
  readonly more?: readonly string[]
  /** As a host of a flake is, which other runs may resume; `systemctl is-system-running` says so. */
  readonly kept?: 'running' | 'degraded'
  /** The image of its store, which it never looks at. */
  readonly store?: PlannedStoreImage
  /** Called when QEMU runs, before the guest is ready. */
  readonly onStart?: (inside: GuestContext) => void
}

/** Like a host of a flake when its state may be kept, else like an image. */
function planOf({ name, text, answers, kept }: Pick<OneSector, 'name' | 'text' | 'answers' | 'kept'>): MachinePlan {
  const nowhere = '/nonexistent'
  const own: NixosShellPlan = { kind: 'nixos-shell', name, vm: nowhere, toplevel: text ?? '', identityFile: nowhere }
  const other: ImagePlan = { kind: 'image', name, source: { folder: nowhere }, login: { user: 'root' } }
  const abilities = { ...OWN_MACHINE, keepable: kept !== undefined }
  return { ...(kept ? own : other), abilities, ...(answers ? { answers } : {}) }
}

export const oneSectorGuest = ({
  name,
  text = 'login: ',
  answers = [],
  display = false,
  more = [],
  kept,
  store,
  onStart = () => {},
}: OneSector): QemuSpec => ({
  plan: planOf({ name, text, answers, ...(kept ? { kept } : {}) }),
  ...(store ? { store } : {}),
  escapes: false,
  tools: async () => ({ built: false }),
  async start({ dir, accelerator, storeImage }) {
    if (storeImage) await linkStoreImage(storeImage.path, dir)
    const sector = join(dir, 'sector')
    writeFileSync(sector, bootSector(text, display === 'unused' ? CODE.replace(SHOW, SHOW_NOT) : CODE))
    return {
      argv: [
        'qemu-system-x86_64',
        ...hardware(sector),
        ...(display ? ['-device', 'VGA'] : []),
        ...more,
        ...(storeImage ? storeOptions(dir) : []),
        ...acceleratorOptions('', accelerator),
        ...qmpOptions(dir),
      ],
      env: {},
    }
  },
  openAccess(inside) {
    onStart(inside)
    return new TypedEntrance(inside.console, kept)
  },
})

function bootSector(text: string, code: string): Buffer {
  const sector = Buffer.alloc(512)
  Buffer.concat([Buffer.from(code, 'hex'), Buffer.from(`${text}\0`, 'latin1')]).copy(sector)
  sector.writeUInt16LE(0xaa55, 510)
  return sector
}

const hardware = (sector: string): string[] => [
  ...['-nodefaults', '-no-user-config', '-display', 'none', '-m', '16'],
  ...['-chardev', 'stdio,id=console,signal=off', '-serial', 'chardev:console'],
  ...['-netdev', 'user,id=user.0', '-device', 'virtio-net-pci,netdev=user.0'],
  ...['-drive', `file=${sector},format=raw,if=floppy,readonly=on`],
]

/** Ready when the text ends with a login prompt; commands are keys. */
class TypedEntrance implements GuestAccess {
  readonly preferred = 'serial'
  readonly #console: Console
  readonly #state: string
  #boots = 0
  #from = 0

  constructor(console: Console, state = 'running') {
    this.#console = console
    this.#state = state
  }

  async ready({ signal }: Parameters<GuestAccess['ready']>[0]): Promise<string> {
    while (!this.#console.since(this.#from).includes('login: ')) await systemClock.wait(milliseconds(10), signal)
    this.#from = this.#console.position
    this.#boots += 1
    return `boot-${this.#boots}`
  }

  async shell(): Promise<FakeShell> {
    return new FakeShell(async ({ script }) => {
      if (script === 'systemctl reboot') await this.#console.send(CTRL_R)
      if (script === 'systemctl poweroff') await this.#console.send(CTRL_O)
      if (/is-system-running/.test(script)) return { stdout: `\n${this.#state}\n` }
      return /random\/boot_id/.test(script) ? { stdout: `boot-${Math.max(1, this.#boots)}\n` } : {}
    })
  }

  async leave(): Promise<void> {}

  openIn(): undefined {}

  /** It counts its boots here, not in the guest; tests save its first boot only. */
  reconnect(): Promise<FakeShell> {
    this.#boots = 1
    return this.shell()
  }

  async startupBlockers(): Promise<string | undefined> {
    return undefined
  }

  async [Symbol.asyncDispose](): Promise<void> {}
}
