/** What is known when a host was judged and is about to be brought onto its target, and the page that says it. */
import { EnvironmentBroken } from '../../../core/errors.ts'
import { rows } from '../../../core/text/text.ts'
import { formatDuration } from '../../../core/time/duration.ts'
import type { Deed } from '../../../deploy/confirm.ts'
import type { DeployTarget } from '../../../deploy/deploy-target.ts'
import type { Stages } from '../../../deploy/stages.ts'
import type { Running } from '../../../deploy/switch/running.ts'
import type { FlakeLocator } from '../../../flake/locator.ts'
import { REHEARSAL, type VerdictDocument } from '../../../gate/verdict.ts'
import type { Interruptible } from './interruptible.ts'
import type { LiveFeatures } from './live.ts'
import type { Wanted } from './ways.ts'

export interface Prepared extends Wanted {
  readonly live: LiveFeatures
  /** Of its host key, as it was before the host was judged. */
  readonly fingerprint: string
}

export interface Judged {
  readonly document: VerdictDocument
  readonly locator: FlakeLocator
  /** Of the run that judged. */
  readonly folder: string
  readonly file: string
}

export interface At {
  readonly target: DeployTarget
  readonly stages: Stages
  readonly before: Running
  readonly interrupt: Interruptible
}

/** @throws EnvironmentBroken: a rehearsal is for look-alikes, and for those alone */
export function refuseOther({ word, host }: VerdictDocument, { lookAlike }: Running): void {
  const isRehearsal = word === REHEARSAL
  if (isRehearsal === lookAlike) return
  const [judged, runs] = isRehearsal ? ['offline look-alike', 'a NixOS'] : ['real system', 'an offline look-alike']
  throw new EnvironmentBroken(
    `What was judged is the ${judged} of ${host}, and the target runs ${runs}: nothing was changed`,
  )
}

export const otherHost = (before: string, now: string): EnvironmentBroken =>
  new EnvironmentBroken(
    `The host key of the target was another one before the host was judged: nothing was changed\n${rows({ Expected: before, Got: now })}`.trimEnd(),
  )

export function deedOf(prepared: Prepared, { document, file }: Judged, { ssh }: DeployTarget, before: Running): Deed {
  const { host, way, after, live } = prepared
  const back =
    way === 'switch'
      ? `by itself to ${before.system}, unless the features have held within ${formatDuration(after)}`
      : 'not by itself'
  return {
    ...{ host, how: way, address: ssh.address, fingerprint: ssh.fingerprint, rehearsal: document.word === REHEARSAL },
    details: {
      'Calls itself': before.hostName === host ? host : `${before.hostName}, which is not ${host}`,
      'Runs now': before.system,
      'Boots now': before.profile === before.system ? undefined : before.profile,
      'Will run': `${document.toplevel.path}\ncontents ${document.toplevel.contents}`,
      'Goes back': back,
      'Not asked': live.notes.join('\n'),
      Verdict: `${document.word}, level ${document.level}: ${file}`,
    },
  }
}
