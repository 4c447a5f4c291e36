/** Sentences about random states, of which a witness that shares no code must say the same; fixtures/witness/README.md tells how. */
import { findDisagreements } from '../../fixtures/witness/tell.ts'
import { type Part, s, time } from './measure.ts'

const PAIRS = Number(process.env.NIXCUMBER_PAIRS ?? 50_000)
/** Apart from each other, so that both cores have something to do. */
const AT_ONCE = 2

type Found = Awaited<ReturnType<typeof findDisagreements>>

/** How many, and which. */
function answersTo(topic: string, found: readonly Found[]): [figure: string, beside: string] {
  const sums = (['yes', 'no', 'unknown'] as const).map(answer => ({
    answer,
    count: found.reduce((sum, { outcome }) => sum + (outcome.agreed.get(topic)?.[answer] ?? 0), 0),
  }))
  const all = sums.reduce((sum, { count }) => sum + count, 0)
  return [String(all), sums.map(({ answer, count }) => `${answer} ${count}`).join(', ')]
}

export const truth: Part = async say => {
  const seed = process.env.NIXCUMBER_SEED ?? String(Date.now())
  const seeds = Array.from({ length: AT_ONCE }, (_, i) => (i === 0 ? seed : `${seed}.${i}`))
  const found: Found[] = []
  const took = await time(async () => {
    found.push(...(await Promise.all(seeds.map(each => findDisagreements(each, PAIRS / AT_ONCE)))))
  })
  for (const { told } of found) if (told !== '') console.error(told)
  const wrong = found.reduce((sum, { outcome }) => sum + outcome.disagreements.length, 0)
  const moved = found.reduce((sum, { outcome }) => sum + outcome.moved, 0)
  const explained = found.flatMap(({ outcome }) => [...outcome.explained.values()]).reduce((sum, each) => sum + each, 0)
  say('sentences that a witness was asked as well', String(PAIRS), `in ${s(took)}, seed ${seed}`)
  say(
    'of which it says something else',
    String(wrong),
    `${explained} more are explained, for ${moved} the machine moved`,
  )
  for (const topic of new Set(found.flatMap(({ outcome }) => [...outcome.agreed.keys()])))
    say(`agreed about: ${topic}`, ...answersTo(topic, found))
  if (wrong > 0) process.exitCode = 1
}
