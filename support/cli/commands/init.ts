/** `nixcumber init`: a first feature that passes, and a configuration. Writes only what is not there. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { CONFIG_NAMES } from '../../config/config.ts'
import type { Given } from '../registry.ts'
import { assembledFeature, CONFIGURATION, type FirstFile, flakeFeature } from './init-files.ts'
import { hostNames } from './init-hosts.ts'

export async function init(_: Given): Promise<number> {
  const folder = process.cwd()
  for (const file of [...configuration(folder), feature(folder)]) write(folder, file)
  console.log(`
Next
  npx nixcumber run            with the real inputs
  npx nixcumber run --offline  a rehearsal with look-alikes, where GitHub and the Nix cache are out of reach
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

function feature(folder: string): FirstFile {
  if (!existsSync(join(folder, 'flake.nix'))) return assembledFeature
  const hosts = hostNames(nixTexts(folder))
  if (hosts.length === 0) console.log('note   no host was found by reading the flake; the feature starts without one')
  return flakeFeature(hosts[0])
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

const nixTexts = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.nix') && !/(?:^|\/)(?:node_modules|\.[^/]*|result)\//.test(name))
    .map(name => readFileSync(join(folder, name), 'utf8'))
