/** Sentences about random states, of which a witness that shares no code must say the same; fixtures/witness/README.md tells how. */
import { existsSync } from 'node:fs'
import { execaSync } from 'execa'
import type { Outcome } from '../../fixtures/witness/tally.ts'
import { findDisagreements, tell } from '../../fixtures/witness/tell.ts'
import { LANES, trial } from '../../fixtures/witness/trial.ts'
import { type Part, s, time } from './measure.ts'

const PAIRS = Number(process.env.NIXCUMBER_PAIRS ?? 50_000)
/** Pairs with a seed of their own, told when they are done; two at once, so that both cores have something to do. */
const PIECE = 1000
const AT_ONCE = 2
/** Of these pytest-testinfra is asked, too: it starts programs for each, and has no word for half of them. */
const SECONDED = 1000

export const truth: Part = async say => {
  const seed = process.env.NIXCUMBER_SEED ?? String(Date.now())
  const found: Outcome[] = []
  const pieces = Array.from({ length: Math.ceil(PAIRS / PIECE) }, (_, i) => `${seed}.${i}`)
  const took = await time(async () => {
    await Promise.all(Array.from({ length: AT_ONCE }, () => work(pieces, found)))
  })
  say('sentences that a witness was asked as well', String(found.length * PIECE), `in ${s(took)}, seed ${seed}`)
  say('of which it says something else', String(sum(found, outcome => outcome.disagreements.length)))
  const explained = sum(found, outcome => [...outcome.explained.values()].reduce((a, b) => a + b, 0))
  const [moved, late] = [sum(found, outcome => outcome.moved), sum(found, outcome => outcome.late)]
  say('explained', String(explained), `for ${moved} the machine moved, ${late} were asked again`)
  for (const topic of new Set(found.flatMap(({ agreed }) => [...agreed.keys()])))
    say(`agreed about: ${topic}`, ...answersTo(topic, found))
  await askTestinfra(say, seed)
}

/** Takes piece after piece until none is left. */
async function work(pieces: string[], found: Outcome[]): Promise<void> {
  for (let seed = pieces.shift(); seed !== undefined; seed = pieces.shift()) {
    const { outcome, told } = await findDisagreements(seed, PIECE)
    found.push(outcome)
    console.error(`  seed ${seed}: ${outcome.disagreements.length} of ${PIECE} disagree`)
    if (told === '') continue
    console.error(told)
    process.exitCode = 1
  }
}

const sum = <T>(of: readonly T[], each: (one: T) => number): number => of.reduce((total, one) => total + each(one), 0)

/** How many, and which. */
function answersTo(topic: string, found: readonly Outcome[]): [figure: string, beside: string] {
  const counts = (['yes', 'no', 'unknown'] as const).map(
    answer => [answer, sum(found, ({ agreed }) => agreed.get(topic)?.[answer] ?? 0)] as const,
  )
  return [String(sum(counts, ([, count]) => count)), counts.map(([answer, count]) => `${answer} ${count}`).join(', ')]
}

async function askTestinfra(say: Parameters<Part>[0], seed: string): Promise<void> {
  if (!hasTestinfra()) return say('asked of pytest-testinfra, too', 'none', 'it is not here and could not be installed')
  const lanes = LANES.map(lane => ({ ...lane, share: 1 / LANES.length, second: true as const }))
  const { otherwise, seconded } = await trial(`${seed}.second`, SECONDED, lanes)
  const same = seconded.get('said the same') ?? 0
  say('asked of pytest-testinfra, too', String(same + otherwise.length), `of ${SECONDED}; it has plain names only`)
  say('of which it says something else', String(otherwise.length))
  for (const one of otherwise) console.error(tell(one))
  if (otherwise.length > 0) process.exitCode = 1
}

const PYTHON = '/usr/bin/python3'

/** Installed where that is possible. */
function hasTestinfra(): boolean {
  const has = (): boolean =>
    existsSync(PYTHON) && execaSync(PYTHON, ['-I', '-c', 'import testinfra'], { reject: false }).exitCode === 0
  if (has()) return true
  const args = ['install', '-y', '-qq', '--no-install-recommends', 'python3-testinfra']
  execaSync('apt-get', args, { env: { DEBIAN_FRONTEND: 'noninteractive' }, reject: false })
  return has()
}
