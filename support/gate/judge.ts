/** The word that follows from what a verdict binds. Pure: it is asked when a verdict is written, and again when it is verified. */
import { plural } from '../core/text/text.ts'
import { type Told, when } from './reasons.ts'
import { againstTarget, unseenOfTarget } from './target/judge-target.ts'
import { type Evidence, type Level, REHEARSAL, type Word } from './verdict.ts'

export interface Judgement {
  readonly word: Word
  readonly reasons: readonly string[]
}

/** GO only where nothing speaks against it. What was seen not to hold outweighs what could not be seen. */
export function judge(evidence: Evidence): Judgement {
  const against = [...ofFlake(evidence), ...ofResults(evidence), ...ofMachines(evidence), ...againstTarget(evidence)]
  const unseen = [...notSeen(evidence), ...unseenOfTarget(evidence)]
  const reasons = [...against, ...unseen]
  if (against.length > 0) return { word: 'NO-GO', reasons }
  if (unseen.length > 0) return { word: 'COULD NOT CHECK', reasons }
  return { word: evidence.inputs === 'offline' ? REHEARSAL : 'GO', reasons: [] }
}

function ofFlake({ flake }: Evidence): Told[] {
  const { revision, dirtyRevision, dirtyAllowed, unlocked } = flake
  const dirty = dirtyRevision === null ? 'the flake is under no version control' : 'the flake has changes'
  return [
    ...when(revision === null && !dirtyAllowed, `${dirty}: no revision says what was judged`),
    ...unlocked.map((name): Told => `the input ${name} is not locked: it may be another one at any time`),
  ]
}

function ofResults({ host, results: { counts, exitCode, flaky, waived } }: Evidence): Told[] {
  const { held, failed, refused, error, unfinished, skipped } = counts
  const all = held + failed + refused + error + unfinished + skipped
  return [
    ...when(all === 0, `no scenario is about host ${host}`),
    ...when(failed > 0, `${plural(failed, 'scenario')} did not hold`),
    ...when(refused > 0, `${plural(refused, 'scenario')} refused`),
    ...when(skipped > 0, `${plural(skipped, 'scenario')} left out`),
    ...flaky.map((name): Told => `held at a second try only: ${name}`),
    ...waived.map((name): Told => `waived by the configuration: ${name}`),
    ...when(all > 0 && (exitCode === 1 || exitCode === 2) && failed + refused === 0, `the run ended with ${exitCode}`),
  ]
}

/** What must have booted it, and what it is called. */
const DRIVERS: Readonly<Record<Level, readonly [driver: string, called: string]>> = {
  vm: ['nixos-shell', 'no virtual machine of host'],
  installed: ['installed', 'not installed from host'],
}

function ofMachines({ host, machines, toplevel, level, diskScript }: Evidence): Told[] {
  const found = Object.entries(machines)
  if (found.length === 0) return [`no machine of host ${host} was looked at`]
  const [wanted, called] = DRIVERS[level] ?? [`level ${level}`, 'of no known level of host']
  const script = level === 'installed' ? (diskScript?.path ?? 'none') : null
  return found.flatMap(([name, { driver, toplevels, diskScript: laidOutBy }]): Told[] => [
    ...when(driver !== wanted, `machine ${name} was ${called} ${host}: ${driver}`),
    ...when(
      laidOutBy !== script,
      `the disks of machine ${name} were laid out by another script than the one that is bound: ${laidOutBy ?? 'none'}`,
    ),
    ...when(toplevels.length === 0, `machine ${name} did not say which system it is of`),
    ...toplevels
      .filter(path => path !== toplevel.path)
      .map((path): Told => `machine ${name} was of another system than the one that is bound: ${path}`),
  ])
}

function notSeen({ results: { counts, exitCode } }: Evidence): Told[] {
  const { failed, refused, error, unfinished } = counts
  return [
    ...when(error > 0, `${plural(error, 'scenario')} could not be checked`),
    ...when(unfinished > 0, `${plural(unfinished, 'scenario')} not finished`),
    ...when(exitCode > 2 && failed + refused + error + unfinished === 0, `the run ended with ${exitCode}`),
  ]
}
