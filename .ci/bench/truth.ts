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

/** What came of the pieces, and how many of them ended before they were done. */
interface Found {
  readonly outcomes: Outcome[]
  ended: number
}

export const truth: Part = async say => {
  const seed = process.env.NIXCUMBER_SEED ?? String(Date.now())
  const found: Found = { outcomes: [], ended: 0 }
  const { outcomes } = found
  const pieces = Array.from({ length: Math.ceil(PAIRS / PIECE) }, (_, i) => `${seed}.${i}`)
  const took = await time(async () => {
    await Promise.all(Array.from({ length: AT_ONCE }, () => work(pieces, found)))
  })
  const unasked = sum(outcomes, outcome => outcome.unasked)
  const asked = String(outcomes.length * PIECE - unasked)
  say('sentences that a witness was asked as well', asked, `in ${s(took)}, seed ${seed}`)
  say('of which it says something else', String(sum(outcomes, outcome => outcome.disagreements.length)))
  say('not asked: no laboratory', String(unasked), `${sum(outcomes, each => each.unbooted.length)} boots failed`)
  say('not asked: ended before', String(found.ended * PIECE), `${found.ended} pieces`)
  const explained = sum(outcomes, outcome => [...outcome.explained.values()].reduce((a, b) => a + b, 0))
  const [moved, late] = [sum(outcomes, outcome => outcome.moved), sum(outcomes, outcome => outcome.late)]
  say('explained', String(explained), `for ${moved} the machine moved, ${late} were asked again`)
  for (const topic of new Set(outcomes.flatMap(({ agreed }) => [...agreed.keys()])))
    say(`agreed about: ${topic}`, ...answersTo(topic, outcomes))
  await askTestinfra(say, seed)
}

/** Takes piece after piece until none is left. One that cannot be done is told and counted, and fails the bench; the others go on. */
async function work(pieces: string[], found: Found): Promise<void> {
  for (let seed = pieces.shift(); seed !== undefined; seed = pieces.shift()) {
    try {
      const { outcome, told } = await findDisagreements(seed, PIECE)
      found.outcomes.push(outcome)
      console.error(`  seed ${seed}: ${summary(outcome)}`)
      if (told !== '') console.error(told)
      if (told !== '' || outcome.unasked > 0) process.exitCode = 1
    } catch (error) {
      found.ended++
      console.error(`  seed ${seed}: ended before it was done: ${error instanceof Error ? error.stack : error}`)
      process.exitCode = 1
    }
  }
}

const summary = ({ disagreements, unasked, unbooted }: Outcome): string =>
  [
    `${disagreements.length} of ${PIECE - unasked} disagree`,
    unasked > 0 && `${unasked} were not asked`,
    ...unbooted.map(why => `no laboratory: ${why}`),
  ]
    .filter(Boolean)
    .join('; ')

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
  const { otherwise, seconded, unasked } = await trial(`${seed}.second`, SECONDED, lanes)
  const same = seconded.get('said the same') ?? 0
  say('asked of pytest-testinfra, too', String(same + otherwise.length), `of ${SECONDED}; it has plain names only`)
  say('of which it says something else', String(otherwise.length))
  if (unasked > 0) say('not asked: no laboratory', String(unasked))
  for (const one of otherwise) console.error(tell(one))
  if (otherwise.length > 0 || unasked > 0) process.exitCode = 1
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
