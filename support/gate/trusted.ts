/** Where the list of those who may sign is: the caller's own, never one of the flake that is judged. */
import { existsSync, realpathSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { EnvironmentBroken } from '../core/errors.ts'
import { refuse } from '../core/refusal.ts'
import { rows } from '../core/text/text.ts'
import type { Signers } from './signature.ts'

interface Asked {
  readonly allowed?: string | undefined
  readonly revoked?: string | undefined
  /** Folders of the flake that is judged, where it is on this machine. */
  readonly judged: readonly string[]
  readonly env?: NodeJS.ProcessEnv
}

/** @throws UsageError for files that are not there or are the flake's own; EnvironmentBroken without any list */
export function trustedSigners({ allowed, revoked, judged, env = process.env }: Asked): Signers {
  const config = env.XDG_CONFIG_HOME?.startsWith('/') ? env.XDG_CONFIG_HOME : join(env.HOME ?? homedir(), '.config')
  const own = (name: string): string => join(config, 'nixcumber', name)
  const list = allowed === undefined ? own('allowed_signers') : asked('--allowed-signers', allowed)
  if (!existsSync(list)) throw noList(list)
  const byDefault = existsSync(own('revoked_signers')) ? own('revoked_signers') : undefined
  const gone = revoked === undefined ? byDefault : asked('--revoked-signers', revoked)
  for (const file of [list, gone]) if (file !== undefined) refuseJudged(file, judged)
  return { allowed: list, ...(gone === undefined ? {} : { revoked: gone }) }
}

function asked(option: string, name: string): string {
  const file = resolve(name)
  if (existsSync(file)) return file
  throw refuse({ what: `There is no file for ${option}`, got: name })
}

function refuseJudged(file: string, judged: readonly string[]): void {
  const real = realpathSync(file)
  const inside = judged.find(folder => !/^\.\.(?:\/|$)/.test(relative(realpathSync(folder), real)))
  if (inside === undefined) return
  throw refuse({
    what: 'The list of signers is a part of the flake that is judged: who changes the one could change the other',
    expected: 'a list of your own, outside of the flake',
    got: file,
  })
}

const noList = (list: string): EnvironmentBroken =>
  new EnvironmentBroken(
    `Nothing says who may sign a verdict\n${rows({
      Expected: list,
      Next: 'a line of a name and a public key for each who may, as in ssh-keygen(1), ALLOWED SIGNERS; or --allowed-signers FILE',
    })}`.trimEnd(),
  )
