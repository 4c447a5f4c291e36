/**
 * `nixcumber doctor`: what this computer has and lacks, each line a fact, and a remedy where one is needed. What a run needs is tried as the run
 * would; nothing is installed, and nothing changed but for a few bytes in the store.
 */
import { existsSync, statfsSync } from 'node:fs'
import { dirname } from 'node:path'
import { formatBytes } from '../../core/text/bytes.ts'
import { cacheFolder } from '../../nix/cache-folder.ts'
import { type Finding, render } from '../doctor/finding.ts'
import { programs } from '../doctor/programs.ts'
import type { Given } from '../registry.ts'
import { folderBytes } from './folder-size.ts'

const GIB = 1024 ** 3

export async function doctor({ options }: Given): Promise<number> {
  const findings = [
    node(),
    await programs(),
    ...(await tools()),
    memory(),
    disk(),
    cache(),
    ...(options.network ? await network() : []),
  ]
  console.log(options.json ? JSON.stringify(findings, undefined, 2) : findings.map(render).join('\n'))
  return findings.some(({ state }) => state === 'bad') ? 3 : 0
}

const node = (): Finding => ({ what: 'Node.js', state: 'good', fact: `${process.versions.node} (${process.execPath})` })

async function tools(): Promise<Finding[]> {
  const [{ nix }, { machineTools }] = await Promise.all([
    import('../doctor/nix.ts'),
    import('../doctor/machine-tools.ts'),
  ])
  const { findings, toolchain } = await nix()
  return [...findings, ...(await machineTools(toolchain))]
}

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

const existing = (folder: string): string => (existsSync(folder) ? folder : existing(dirname(folder)))
