/** One machine of a configuration or an inventory: what was written, checked, as the settings of a run. */
import { resolve } from 'node:path'
import { z } from 'zod'
import { refuse } from '../core/refusal.ts'
import type { GuestFile } from '../core/values/guest-file.ts'
import { type MachineSize, parseMebibytes } from '../core/values/machine-size.ts'
import type { MachineSettings } from '../world/settings.ts'
import { guestFiles } from './guest-files.ts'

const effect = z.enum(['changes', 'restarts', 'destroys'])
const nonEmpty = z.string().min(1)
const NAME = /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/
const NAMES = 'letters and digits, and between them dots, dashes and underscores'

/** Where the value of a file comes from, when it is not the path of a file of this computer. */
const handed = z.strictObject({
  file: nonEmpty.optional(),
  /** Name of the environment variable that holds it. */
  env: nonEmpty.optional(),
  mode: z
    .string()
    .regex(/^0?[0-7]{3}$/, 'three octal digits, as chmod takes them')
    .optional(),
  owner: z
    .string()
    .regex(/^[A-Za-z0-9_][\w.-]*(?::[A-Za-z0-9_][\w.-]*)?$/, 'USER or USER:GROUP')
    .optional(),
})
export type HandedEntry = z.infer<typeof handed> | string

/** An address in full, or an object; of the object, the part from `user` on belongs to an ssh address. */
const object = z.strictObject({
  address: nonEmpty.optional(),
  /** The host of the flake that is booted under this name. */
  host: nonEmpty.optional(),
  memory: z.union([nonEmpty, z.number().int().min(1)]).optional(),
  cores: z.number().int().min(1).max(999).optional(),
  diskSize: z.union([nonEmpty, z.number().int().min(1)]).optional(),
  /** Put into the machine before its activation, by their paths there. */
  files: z.record(z.string(), z.union([nonEmpty, handed])).optional(),
  roles: z.array(z.string().regex(NAME, NAMES)).optional(),
  allow: z.array(effect).optional(),
  user: nonEmpty.optional(),
  port: z.number().int().min(1).max(65535).optional(),
  identity: nonEmpty.optional(),
  knownHosts: nonEmpty.optional(),
  fingerprint: nonEmpty.optional(),
  hostKeys: z.enum(['accept-new']).optional(),
  sudo: z.boolean().optional(),
})

export const machineEntry = z.union([nonEmpty, object])
export type MachineEntry = z.infer<typeof machineEntry>

/** For refusals: the nearest right one. */
export const MACHINE_KEYS = Object.keys(object.shape)

/** Those that become parameters of an ssh address, by their names there. */
const PARAMETERS = {
  identity: 'identity',
  knownHosts: 'known-hosts',
  fingerprint: 'fingerprint',
  hostKeys: 'host-keys',
  sudo: 'sudo',
} as const
const FILES: readonly string[] = ['identity', 'knownHosts']

/**
 * @param folder where relative paths start
 * @throws UsageError for a name that cannot stand in features, and for parts of an ssh address where there is none
 */
export function machineSettings(name: string, entry: MachineEntry, folder: string): MachineSettings {
  if (!NAME.test(name)) throw refuse({ what: `No machine can be named "${name}"`, expected: NAMES, got: name })
  if (typeof entry === 'string') return { address: entry, roles: [], allow: [] }
  const { address, host, roles = [], allow = [] } = entry
  const complete = address === undefined ? undefined : withSshParameters(name, address, entry, folder)
  const size = sizeOf(name, entry)
  const files = guestFiles(name, entry.files ?? {}, folder)
  if (address === undefined) refuseParts(name, entry)
  else {
    refuseSize(name, size)
    refuseFiles(name, files)
  }
  return {
    ...(complete === undefined ? {} : { address: complete }),
    ...(host === undefined ? {} : { host }),
    ...(Object.keys(size).length === 0 ? {} : { size }),
    ...(files.length === 0 ? {} : { files }),
    roles,
    allow,
  }
}

/** @throws UsageError for what names no size */
function sizeOf(name: string, { memory, cores, diskSize }: Parts): MachineSize {
  const mebibytes = (key: string, written: string | number): number => {
    const size = parseMebibytes(String(written))
    if (size !== undefined) return size
    throw refuse({
      what: `"${key}" of machine "${name}" is no size`,
      expected: `${key}: '4GiB', or a number of MiB`,
      got: String(written),
    })
  }
  return {
    ...(memory === undefined ? {} : { memorySize: mebibytes('memory', memory) }),
    ...(cores === undefined ? {} : { cores }),
    ...(diskSize === undefined ? {} : { diskSize: mebibytes('diskSize', diskSize) }),
  }
}

const SIZES: Readonly<Record<keyof MachineSize, string>> = {
  memorySize: 'memory',
  cores: 'cores',
  diskSize: 'diskSize',
}

function refuseSize(name: string, size: MachineSize): void {
  const [key] = Object.keys(size) as (keyof MachineSize)[]
  if (key === undefined) return
  throw refuse({
    what: `Machine "${name}" has "${SIZES[key]}" and an address`,
    expected: 'a machine that is booted from the flake; an image brings its own size, a live host has one',
  })
}

function refuseFiles(name: string, files: readonly GuestFile[]): void {
  if (files.length === 0) return
  throw refuse({
    what: `Machine "${name}" has "files" and an address`,
    expected: 'a machine that is booted from the flake; an image or a live host has its files already',
  })
}

type Parts = Exclude<MachineEntry, string>

const partsOf = ({ user, port, ...entry }: Parts): string[] =>
  [
    ...(user === undefined ? [] : ['user']),
    ...(port === undefined ? [] : ['port']),
    ...Object.keys(PARAMETERS).filter(key => entry[key as keyof typeof PARAMETERS] !== undefined),
  ].sort()

function refuseParts(name: string, entry: Parts): void {
  const [part] = partsOf(entry)
  if (part !== undefined)
    throw refuse({
      what: `Machine "${name}" has "${part}" and no address`,
      expected: `address: 'ssh://…' beside it; a machine without an address is booted from the flake`,
    })
}

function withSshParameters(name: string, address: string, entry: Parts, folder: string): string {
  const [part] = partsOf(entry)
  if (part === undefined) return address
  if (!address.startsWith('ssh://') || !URL.canParse(address))
    throw refuse({
      what: `"${part}" of machine "${name}" belongs to an ssh address`,
      expected: 'ssh://HOST',
      got: address,
    })
  const url = new URL(address)
  if (entry.user !== undefined) url.username = encodeURIComponent(onlyOnce(name, 'user', url.username, entry.user))
  if (entry.port !== undefined) url.port = onlyOnce(name, 'port', url.port, String(entry.port))
  for (const [key, parameter] of Object.entries(PARAMETERS)) {
    const value = entry[key as keyof typeof PARAMETERS]
    if (value === undefined) continue
    const words = FILES.includes(key)
      ? resolve(folder, String(value))
      : value === true
        ? 'yes'
        : value === false
          ? 'no'
          : value
    url.searchParams.set(parameter, onlyOnce(name, key, url.searchParams.get(parameter) ?? '', words))
  }
  // A plus stands for itself in our addresses, and a blank is %20.
  return url.href.replaceAll('+', '%20')
}

function onlyOnce(name: string, key: string, inAddress: string, beside: string): string {
  if (inAddress === '' || inAddress === beside) return beside
  throw refuse({
    what: `The ${key} of machine "${name}" stands in its address and beside it`,
    got: `${inAddress} and ${beside}`,
  })
}
