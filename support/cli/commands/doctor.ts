/** `nixcumber doctor`: what this computer has and lacks. Each line a fact, and a remedy where one is needed. Changes nothing. */
import { existsSync, readdirSync, statfsSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { styleText } from 'node:util'
import { NixcumberError } from '../../core/errors.ts'
import { cacheFolder } from '../../nix/cache-folder.ts'
import type { Toolchain } from '../../nix/toolchain.ts'
import type { Given } from '../registry.ts'
import { folderBytes, formatBytes } from './folder-size.ts'

export interface Finding {
  readonly what: string
  /** `bad` keeps machines from being judged here; `poor` makes it slow or scarce. */
  readonly state: 'good' | 'poor' | 'bad'
  readonly fact: string
  readonly remedy?: string
}

const GIB = 1024 ** 3

export async function doctor({ options }: Given): Promise<number> {
  const findings = [node(), ...(await tools()), memory(), disk(), cache(), ...(options.network ? await network() : [])]
  console.log(options.json ? JSON.stringify(findings, undefined, 2) : findings.map(render).join('\n'))
  return findings.some(({ state }) => state === 'bad') ? 3 : 0
}

const SIGN = { good: ['✓', 'green'], poor: ['!', 'yellow'], bad: ['✗', 'red'] } as const

export function render({ what, state, fact, remedy }: Finding): string {
  const [sign, colour] = SIGN[state]
  const line = `${styleText(colour, sign)} ${what.padEnd(12)} ${fact}`
  return remedy === undefined ? line : `${line}\n  ${' '.repeat(12)} → ${remedy}`
}

const node = (): Finding => ({ what: 'Node.js', state: 'good', fact: `${process.versions.node} (${process.execPath})` })

async function tools(): Promise<Finding[]> {
  if (!canFindTools())
    return [
      {
        what: 'Nix, QEMU',
        state: 'good',
        fact: 'not on this computer: the first run makes a toolbox of Debian packages in the cache (450 MB, once)',
      },
    ]
  const { findToolchain } = await import('../../nix/find-toolchain.ts')
  try {
    const toolchain = await findToolchain({ offline: false })
    const fact = (version: string): string => `${version}, ${toolchain.why}`
    return [
      { what: 'Nix', state: 'good', fact: fact(toolchain.nixVersion) },
      { what: 'QEMU', state: 'good', fact: fact(toolchain.qemuVersion) },
      await accelerator(toolchain),
    ]
  } catch (error) {
    return [broken('Nix, QEMU', error)]
  }
}

/** Without making a toolbox: a doctor who installs is no doctor. */
function canFindTools(): boolean {
  const cached = existsSync(cacheFolder()) && readdirSync(cacheFolder()).some(name => /^toolbox-[0-9a-f]+$/.test(name))
  return cached || ['nix', 'qemu-system-x86_64'].every(onPath)
}

const onPath = (program: string): boolean =>
  (process.env.PATH ?? '').split(delimiter).some(folder => folder !== '' && existsSync(join(folder, program)))

async function accelerator(toolchain: Toolchain): Promise<Finding> {
  const { findAccelerator } = await import('../../machine/qemu/accelerator.ts')
  try {
    const { name, why } = await findAccelerator(toolchain, cacheFolder())
    if (name === 'kvm') return { what: 'accelerator', state: 'good', fact: why }
    return {
      what: 'accelerator',
      state: 'poor',
      fact: `emulation, because ${why}`,
      remedy: remedyForKvm(),
    }
  } catch (error) {
    return broken('accelerator', error)
  }
}

const remedyForKvm = (): string =>
  existsSync('/dev/kvm')
    ? 'machines boot in half a minute instead of seconds; on a virtual computer ask its owner for nested virtualisation'
    : 'machines boot in half a minute instead of seconds; load kvm_intel or kvm_amd, or enable virtualisation in the firmware'

function memory(): Finding {
  const gib = (process.availableMemory?.() ?? 0) / GIB
  const fact = `${gib.toFixed(1)} GiB available`
  if (gib >= 2) return { what: 'memory', state: 'good', fact }
  return { what: 'memory', state: 'poor', fact, remedy: 'a machine takes about 1 GiB: end other programs' }
}

function disk(): Finding {
  const folder = existing(cacheFolder())
  const { bavail, bsize } = statfsSync(folder)
  const free = bavail * bsize
  const fact = `${formatBytes(free)} free at ${folder}`
  if (free >= 5 * GIB) return { what: 'disk', state: 'good', fact }
  const remedy = 'the toolbox and a machine need about 3 GiB: make room, or set XDG_CACHE_HOME to a larger disk'
  return { what: 'disk', state: free >= 3 * GIB ? 'poor' : 'bad', fact, remedy }
}

function cache(): Finding {
  const folder = cacheFolder()
  if (!existsSync(folder)) return { what: 'cache', state: 'good', fact: `nothing yet (${folder})` }
  return { what: 'cache', state: 'good', fact: `${formatBytes(folderBytes(folder))} in ${folder}` }
}

const NEEDED = ['https://github.com', 'https://cache.nixos.org/nix-cache-info'] as const

async function network(): Promise<Finding[]> {
  return Promise.all(
    NEEDED.map(async (url): Promise<Finding> => {
      const { host } = new URL(url)
      try {
        const { status } = await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(5000) })
        return { what: 'network', state: 'good', fact: `${host} answers ${status}` }
      } catch (error) {
        const { cause, message } = error as Error
        const why = cause instanceof Error ? cause.message : message
        return { what: 'network', state: 'poor', fact: `${host}: ${why}`, remedy: 'without it only --offline works' }
      }
    }),
  )
}

function broken(what: string, error: unknown): Finding {
  if (!(error instanceof NixcumberError)) throw error
  const [fact = '', ...more] = error.message.split('\n')
  const remedy = /^\s*Next\s+(.*)$/m.exec(more.join('\n'))?.[1]
  return { what, state: 'bad', fact, ...(remedy === undefined ? {} : { remedy }) }
}

const existing = (folder: string): string => (existsSync(folder) ? folder : existing(dirname(folder)))
