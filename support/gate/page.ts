/** One page for a person who is about to wipe a disk: the word first, then how far it reaches, then why. Pure. */
import { plural, rows } from '../core/text/text.ts'
import type { Difference } from './difference.ts'
import { shownTarget } from './target/target-page.ts'
import type { Level, VerdictDocument } from './verdict.ts'
import type { Verified } from './verify.ts'

const LEVELS: Readonly<Record<Level, string>> = {
  vm: 'vm: the host and the harness in a virtual machine. No GO for a wipe: that needs level "installed"',
  installed: 'installed: the very system and disk script, on virtual disks, started from them by firmware',
}

export const headline = ({ word, host, level }: VerdictDocument): string => `${word}  host ${host}, level ${level}`

export function verdictPage(document: VerdictDocument, file: string): string {
  const { flake, toplevel, diskScript, disks, bootLoaders, expires, signer, reasons, notLookedAt, target } = document
  const table = rows({
    Level: LEVELS[document.level],
    'Why not': reasons.join('\n'),
    Flake: `${flake.reference}\n${revisionOf(document)}, narHash ${flake.narHash}`,
    System: `${toplevel.path}\ncontents ${toplevel.contents}`,
    'Disk script': diskScript ? `${diskScript.path}\ncontents ${diskScript.contents}` : 'none',
    Disks: Object.entries(disks ?? {})
      .map(([name, device]) => `${name}: ${device}`)
      .join('\n'),
    Target: target ? shownTarget(target) : undefined,
    Installer: document.installer ?? undefined,
    'Boot loader': bootLoaders.join(', ') || 'none known',
    Machines: machinesOf(document),
    Scenarios: countsOf(document),
    'Not looked at': notLookedAt.join('\n'),
    Valid: reasons.length === 0 ? `until ${expires}` : undefined,
    Verdict: `${file}, ${signer === null ? 'not signed: verify refuses it' : `signed by ${signer}`}`,
  })
  return `${headline(document)}\n${table}`.trimEnd()
}

const revisionOf = ({ flake: { revision, dirtyRevision } }: VerdictDocument): string =>
  revision ?? (dirtyRevision === null ? 'no revision' : `${dirtyRevision} with changes`)

const countsOf = ({ results: { counts }, features }: VerdictDocument): string => {
  const said = Object.entries(counts).filter(([, count]) => count > 0)
  const files = plural(Object.keys(features.files).length, 'file')
  return `${said.map(([outcome, count]) => `${count} ${outcome}`).join(', ') || 'none'}; features, steps and configuration: ${files}`
}

const machinesOf = ({ machines }: VerdictDocument): string =>
  Object.entries(machines)
    .map(
      ([name, { accelerator, differences }]) =>
        `${name}, accelerator ${accelerator ?? 'unknown'}, ${plural(differences.length, 'option')} otherwise than the host`,
    )
    .join('\n')

/** @param document absent where it could not be trusted so far */
export function verifiedPage({ differences, unchecked }: Verified, name: string, document?: VerdictDocument): string {
  const lines = [
    ...differences.map(({ what, expected, found }) => `  ${what}\n    Expected  ${expected}\n    Found     ${found}`),
    ...unchecked.map(each => `  could not be checked: ${each}`),
  ]
  const first =
    differences.length > 0
      ? `DOES NOT HOLD  ${name}: ${plural(differences.length, 'difference')}`
      : unchecked.length > 0
        ? `COULD NOT CHECK  ${name}`
        : `HOLDS  ${name}: ${document ? headline(document) : ''}`
  const rest = document && differences.length + unchecked.length === 0 ? [limits(document)] : lines
  return [first, '', ...rest].join('\n')
}

const limits = ({ level, expires, signer, notLookedAt, target }: VerdictDocument): string =>
  rows({
    Level: LEVELS[level],
    Target: target ? shownTarget(target) : undefined,
    Valid: `until ${expires}`,
    Signer: signer ?? '',
    'Not looked at': notLookedAt.join('\n'),
  })
    .trimEnd()
    .replace(/^\n/, '')

/** For programs: the same in keys. */
export const verifiedJson = (verified: Verified, exitCode: number, document?: VerdictDocument): string =>
  JSON.stringify(
    {
      holds: exitCode === 0,
      exitCode,
      ...(document
        ? {
            word: document.word,
            level: document.level,
            host: document.host,
            expires: document.expires,
            target: document.target,
          }
        : {}),
      differences: verified.differences satisfies readonly Difference[],
      unchecked: verified.unchecked,
    },
    undefined,
    2,
  )
