/** `nixcumber init`: a first feature that passes, and a configuration. Writes only what is not there. */
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { CONFIG_NAMES } from '../../config/config.ts'
import { canHaveToolbox } from '../../nix/tools/find-toolchain.ts'
import { askHosts } from '../init/ask-hosts.ts'
import { assembledFeature, CONFIGURATION, canBeNamed, type FirstFile, flakeFeature } from '../init/first-files.ts'
import { hostNames } from '../init/host-names.ts'
import type { Given } from '../registry.ts'

export async function init(_: Given): Promise<number> {
  const folder = process.cwd()
  for (const file of [...configuration(folder), ...(await feature(folder))]) write(folder, file)
  const rehearsal = `
  npx nixcumber run --offline  a rehearsal with look-alikes, where GitHub and the Nix cache are out of reach`
  console.log(`
Next
  npx nixcumber run            with the real inputs${(await canHaveToolbox({})) ? rehearsal : ''}
  npx nixcumber steps          every sentence there is

How features are written: ${join(import.meta.dirname, '../../../docs/features.md')}`)
  return 0
}

function configuration(folder: string): FirstFile[] {
  const there = CONFIG_NAMES.find(name => existsSync(join(folder, name)))
  if (there === undefined) return [CONFIGURATION]
  console.log(`kept   ${there}`)
  return []
}

async function feature(folder: string): Promise<FirstFile[]> {
  if (!existsSync(join(folder, 'flake.nix'))) return [assembledFeature]
  const read = hostNames(nixTexts(folder))
  if (read.length === 0 && hasFeatures(folder)) return []
  const [host, ...others] = read.length > 0 ? read : await asked(folder)
  if (others.length > 0) console.log(`note   the feature is about ${host}; other hosts: ${others.join(', ')}`)
  return [flakeFeature(host)]
}

/** Where there are some, nothing needs a host to begin with. */
function hasFeatures(folder: string): boolean {
  const all = existsSync(join(folder, 'features')) ? readdirSync(join(folder, 'features'), { recursive: true }) : []
  const there = all.some(name => String(name).endsWith('.feature'))
  if (there) console.log('kept   features')
  return there
}

/** Asked only where reading shows none: Nix may have to download the flake's inputs for it. */
async function asked(folder: string): Promise<readonly string[]> {
  console.log('note   no host was found by reading the flake; Nix is asked, and may download its inputs')
  const hosts = await askHosts(folder)
  const names = 'lack' in hosts ? [] : hosts.filter(canBeNamed)
  if ('lack' in hosts) console.log(`note   Nix could not say: ${hosts.lack}`)
  else if (names.length < hosts.length)
    console.log('note   hosts with quotes or control characters in their names are left')
  if (names.length === 0) console.log('note   the feature starts without a host')
  return names
}

function write(folder: string, { file, text }: FirstFile): void {
  const path = join(folder, file)
  if (existsSync(path)) {
    console.log(`kept   ${file}`)
    return
  }
  mkdirSync(dirname(path), { recursive: true })
  // Refuses a file that was made in the meantime.
  writeFileSync(path, text, { flag: 'wx' })
  console.log(`wrote  ${file}`)
}

function nixTexts(folder: string): string[] {
  const all = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    name => name.endsWith('.nix') && !/(?:^|\/)(?:node_modules|\.[^/]*|result)\//.test(name),
  )
  // Templates and tests, whose hosts are not this flake's.
  const flakes = all.filter(name => name.endsWith('/flake.nix')).map(name => name.slice(0, -'flake.nix'.length))
  return all
    .filter(name => !flakes.some(other => name.startsWith(other)) && isFile(join(folder, name)))
    .map(name => readFileSync(join(folder, name), 'utf8'))
}

/** And no link that leads nowhere. */
const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false
