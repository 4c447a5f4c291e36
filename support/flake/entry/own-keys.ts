/** The keys with which this user comes in: those that ssh would offer. */
import { readFile } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { seconds } from '../../core/time/duration.ts'
import { publicHalf } from '../../core/values/ssh-key.ts'
import { type PublicKey, readPublicKey } from './public-key.ts'

export interface OwnKeys {
  readonly keys: readonly PublicKey[]
  /** Where they were looked for, in words. */
  readonly from: string
}

/** IdentityFile's defaults (ssh_config(5)). */
const DEFAULTS = ['id_rsa', 'id_ecdsa', 'id_ecdsa_sk', 'id_ed25519', 'id_ed25519_sk']
const AGENT_BOUND = seconds(5)
const MOST_BYTES = 1_000_000

/** @param identity the file that is named for a machine; then it alone counts */
export async function ownKeys(identity?: string): Promise<OwnKeys> {
  if (identity !== undefined) return { keys: await keysOf(identity), from: identity }
  const folder = join(userInfo().homedir, '.ssh')
  const files = DEFAULTS.map(name => join(folder, name))
  const found = await Promise.all([ofAgent(), ...files.map(keysOf)])
  return { keys: found.flat(), from: `ssh's agent and ${folder}` }
}

/** A public half without its private one lets its user in nowhere. */
async function keysOf(file: string): Promise<PublicKey[]> {
  const text = await textOf(file)
  if (text === undefined) return []
  const half = publicHalf(text)
  const lines = half === undefined ? ((await textOf(`${file}.pub`)) ?? '').split('\n') : [`ssh-key ${half}`]
  return lines.flatMap(line => readPublicKey(line) ?? [])
}

const textOf = (file: string): Promise<string | undefined> => readFile(file, 'utf8').catch(() => undefined)

async function ofAgent(): Promise<PublicKey[]> {
  const { stdout, exitCode } = await execa('ssh-add', ['-L'], {
    ...{ reject: false, timeout: AGENT_BOUND.ms, maxBuffer: MOST_BYTES, stdin: 'ignore' },
  })
  return exitCode === 0 ? stdout.split('\n').flatMap(line => readPublicKey(line) ?? []) : []
}
