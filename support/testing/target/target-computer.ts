/**
 * A computer that is to be wiped: QEMU with two disks of its own. Once it is started from an installer in memory, as by a provider's rescue
 * system, and whenever it reboots after that by BIOS from its first disk. Its sshd is reached by one port all the time.
 */
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '../../core/time/clock.ts'
import { Deadline } from '../../core/time/deadline.ts'
import { minutes, seconds } from '../../core/time/duration.ts'
import { speaksSsh } from '../../machine/access/ssh-banner.ts'
import { type Accelerator, findAccelerator } from '../../machine/qemu/accelerator.ts'
import { acceleratorOptions, kernelParameters, scriptEnvironment } from '../../machine/qemu/options.ts'
import { makeEmptyDisk } from '../../machine/qemu/qemu-img.ts'
import { ProcessGroup } from '../../machine/runtime/process-group.ts'
import { cacheFolder } from '../../nix/cache-folder.ts'
import type { WrappedCommand } from '../../nix/toolchain.ts'
import { openToolbox } from '../../nix/tools/find-toolchain.ts'
import { freePort } from '../../shell/ssh/private-sshd.ts'
import { type RescueVm, rescueVm } from './rescue-vm.ts'

/** GiB by serial number; the first is sda. */
const DISKS = { SYSTEM: 4, DATA: 1 } as const
const UP = minutes(5)

type Toolbox = Awaited<ReturnType<typeof openToolbox>>

export class TargetComputer {
  readonly port: number
  readonly #folder: string
  readonly #toolbox: Toolbox
  readonly #accelerator: Accelerator
  #running: ProcessGroup | undefined
  #isOver = false

  private constructor(folder: string, port: number, toolbox: Toolbox, accelerator: Accelerator) {
    this.#folder = folder
    this.port = port
    this.#toolbox = toolbox
    this.#accelerator = accelerator
  }

  /** Returns when its installer speaks ssh. @param key the public line of the key that the installer lets in */
  static async start(key: string): Promise<TargetComputer> {
    const toolbox = await openToolbox({ offline: true }, 'a test')
    const accelerator = await findAccelerator(toolbox, cacheFolder())
    const computer = new TargetComputer(mkdtempSync(join(tmpdir(), 'target-')), await freePort(), toolbox, accelerator)
    await computer.#makeDisks()
    computer.#run(computer.#rescue(await rescueVm(toolbox, key)))
    await computer.speaks()
    return computer
  }

  /** What it said on its console so far, in all its boots. */
  get console(): string {
    return join(this.#folder, 'console')
  }

  /** @throws Error when no sshd greets in five minutes */
  async speaks(): Promise<void> {
    const deadline = Deadline.after(UP)
    while (!(await speaksSsh({ host: '127.0.0.1', port: this.port }, seconds(5)))) {
      if (deadline.expired || this.#running?.end) throw new Error(`The target does not speak ssh: ${this.console}`)
      await systemClock.wait(seconds(1))
    }
  }

  /** At once, for where nothing is waited for any more. */
  end(): void {
    this.#isOver = true
    void this.#running?.[Symbol.asyncDispose]()
    rmSync(this.#folder, { recursive: true, force: true })
  }

  async #makeDisks(): Promise<void> {
    for (const [serial, gib] of Object.entries(DISKS))
      await makeEmptyDisk({ file: this.#disk(serial), gib }, { dir: this.#folder, tools: this.#toolbox })
    writeFileSync(this.console, '')
  }

  /** A reboot ends it: then firmware starts what is on the first disk. */
  #run(command: WrappedCommand): void {
    const group = ProcessGroup.start(command, this.#folder)
    this.#running = group
    for (const output of [group.stdout, group.stderr])
      output.on('data', (bytes: Buffer) => appendFileSync(this.console, bytes))
    group.ended.then(({ code }) => {
      if (!this.#isOver && code === 0) this.#run(this.#ownDisk())
    })
  }

  #rescue({ file, text }: RescueVm): WrappedCommand {
    const dir = this.#folder
    const options = ['-no-reboot', ...this.#diskOptions(), ...acceleratorOptions(text, this.#accelerator)]
    const env = scriptEnvironment(dir, options, kernelParameters(text, this.#accelerator))
    return this.#wrap([file], { ...env, QEMU_NET_OPTS: this.#forward() })
  }

  #ownDisk(): WrappedCommand {
    return this.#wrap([
      'qemu-system-x86_64',
      ...['-nodefaults', '-no-user-config', '-display', 'none', '-cpu', 'max', '-m', '1024', '-smp', '1'],
      ...['-chardev', 'stdio,id=console,signal=off', '-serial', 'chardev:console', '-device', 'virtio-rng-pci'],
      ...['-netdev', `user,id=user.0,${this.#forward()}`, '-device', 'virtio-net-pci,netdev=user.0'],
      ...this.#diskOptions(),
      ...acceleratorOptions('', this.#accelerator),
    ])
  }

  #wrap(argv: readonly [string, ...string[]], env: Readonly<Record<string, string>> = {}): WrappedCommand {
    const kvm = this.#accelerator.name === 'kvm'
    return this.#toolbox.wrap(argv, { cwd: this.#folder, env, kvm, writable: [this.#folder] })
  }

  #forward(): string {
    return `hostfwd=tcp:127.0.0.1:${this.port}-:22`
  }

  #disk(serial: string): string {
    return join(this.#folder, `${serial}.qcow2`)
  }

  #diskOptions(): string[] {
    const drives = Object.keys(DISKS).flatMap((serial, i) => [
      ...['-drive', `file=${this.#disk(serial)},format=qcow2,if=none,id=${serial},cache=unsafe,discard=unmap`],
      ...['-device', `scsi-hd,bus=disks.0,scsi-id=${i},drive=${serial},serial=${serial},bootindex=${i + 10}`],
    ])
    return ['-device', 'virtio-scsi-pci,id=disks', ...drives]
  }
}
