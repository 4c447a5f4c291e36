/** What a machine is, for the record and for comparing it with itself: asked in one round trip, nothing written, and bounded. */
import { gunzipSync } from 'node:zlib'
import { type Command, type CommandResult, sh, unconfined } from '../../core/command.ts'
import { type Answer, announced } from '../sections.ts'
import { groupsSection, usersSection } from './accounts.ts'
import { certificatesSection } from './certificates.ts'
import { closureSection } from './closure.ts'
import { firewallSection } from './firewall.ts'
import { listenersSection } from './listeners.ts'
import { mountsSection } from './mounts.ts'
import { nodesSection } from './nodes.ts'
import type { Section } from './section.ts'
import { sysctlSection } from './sysctl.ts'
import { systemSection } from './system.ts'
import { unitFilesSection } from './unit-files.ts'
import { unitsSection } from './units.ts'

export interface MachineFacts {
  /** By section, then by key. */
  readonly sections: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** Why a section is not there, in words. */
  readonly missing: Readonly<Record<string, string>>
}

/** What is long, or depends on others, comes last: where the answer is cut, the rest is there. */
export const SECTIONS: readonly Section[] = [
  systemSection,
  unitsSection,
  usersSection,
  groupsSection,
  mountsSection,
  certificatesSection,
  closureSection,
  // As late as that: a service counts as running a moment before it listens.
  listenersSection,
  sysctlSection,
  nodesSection,
  firewallSection,
  unitFilesSection,
]

/** Seconds for one section, and for all; bytes for all. */
const SECTION_TIMEOUT_SECONDS = 10
const WHOLE = 25
const MAX_FACTS_BYTES = 4_000_000

/** @param slowness factor for the bounds */
export const factsCommand = (slowness = 1): Command =>
  unconfined(sh`
export LC_ALL=C PATH="$PATH:/run/current-system/sw/bin"
end=$(($(date +%s) + ${Math.ceil(WHOLE * slowness)}))
ask() {
  left=$((end - $(date +%s)))
  [ $left -le ${Math.ceil(SECTION_TIMEOUT_SECONDS * slowness)} ] || left=${Math.ceil(SECTION_TIMEOUT_SECONDS * slowness)}
  [ $left -ge 1 ] || left=1
  said=$({ timeout $left sh -c "$1"; printf ' %s' $?; } | tr '\\000' '?' | head -c ${MAX_FACTS_BYTES})
  code=\${said##* } said=\${said% *}
  printf '%s %s\n%s\n' "$code" "\${#said}" "$said"
}
{
${{ script: SECTIONS.map(({ command }) => sh`ask ${command.script}`.script).join('\n') }}
} 2>/dev/null | head -c ${MAX_FACTS_BYTES} | { gzip -1 -c 2>/dev/null || cat; }`)

export function parseFacts({ stdout }: CommandResult): MachineFacts {
  const answers = announced(plain(stdout))
  const sections: Record<string, Readonly<Record<string, string>>> = {}
  const missing: Record<string, string> = {}
  for (const [at, section] of SECTIONS.entries()) {
    const found = answer(section, answers[at])
    if (typeof found === 'string') missing[section.name] = found
    else sections[section.name] = found
  }
  return { sections, missing }
}

const GZIP = Buffer.from([0x1f, 0x8b])

const plain = (stdout: Buffer): Buffer =>
  stdout.subarray(0, 2).equals(GZIP) ? gunzipSync(stdout, { maxOutputLength: 2 * MAX_FACTS_BYTES }) : stdout

function answer(section: Section, said: Answer | undefined): Readonly<Record<string, string>> | string {
  if (said === undefined) return 'the answer was cut off before it'
  const { code, text, bytes } = said
  if (code !== 0) return reason(section, text, code)
  try {
    return section.parse(text, bytes)
  } catch {
    return `${section.tool} answered in another form than it should`
  }
}

/** 77 is our own, 124 that of timeout(1), 127 the shell's. */
function reason({ tool }: Section, text: string, code: number): string {
  if (code === 77) return text.trim()
  if (code === 124) return 'no answer in time'
  return code === 127 ? `${tool} is not there` : `${tool} ended with exit code ${code}`
}
