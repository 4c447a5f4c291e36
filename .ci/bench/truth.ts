/** Sentences about random states, of which a witness that shares no code must say the same; fixtures/witness/README.md tells how. */
import { findDisagreements } from '../../fixtures/witness/tell.ts'
import { type Part, s, time } from './measure.ts'

const PAIRS = 50_000
/** Apart from each other, so that both cores have something to do. */
const AT_ONCE = 2

export const truth: Part = async say => {
  const seed = process.env.NIXCUMBER_SEED ?? String(Date.now())
  const seeds = Array.from({ length: AT_ONCE }, (_, i) => (i === 0 ? seed : `${seed}.${i}`))
  const found: Awaited<ReturnType<typeof findDisagreements>>[] = []
  const took = await time(async () => {
    found.push(...(await Promise.all(seeds.map(each => findDisagreements(each, PAIRS / AT_ONCE)))))
  })
  for (const { told } of found) if (told !== '') console.error(told)
  const wrong = found.reduce((sum, { outcome }) => sum + outcome.disagreements.length, 0)
  const explained = found.flatMap(({ outcome }) => [...outcome.explained.values()]).reduce((sum, each) => sum + each, 0)
  say('sentences that a witness was asked as well', String(PAIRS), `in ${s(took)}, seed ${seed}`)
  say('of which it says something else', String(wrong), `${explained} more that are explained`)
  if (wrong > 0) process.exitCode = 1
}
