/** Our reader beside others, over scripts that are made from seeds. A script of which ours sees less is told with its seed, and as short as can be. */
import assert from 'node:assert/strict'
import { brokenScript, madeScript } from './scripts.ts'
import { type Names, ranByBash, seenByOurs, shrunk, treeSitter, unseen } from './witnesses.ts'

/**
 * How many were compared: those that both understand. Broken ones are for bash alone: a parser that goes on behind an error sees what no shell
 * does.
 */
export async function compareWithParser(first: number, count: number): Promise<number> {
  const witness = await treeSitter()
  let compared = 0
  for (let seed = first; seed < first + count; seed++) {
    const script = madeScript(seed)
    const seen = witness(script)
    if (seen && seenByOurs(script)) compared++
    demandSeen(`seed ${seed}`, script, seen, witness)
  }
  return compared
}

const BATCH = 500

/** How many commands bash ran; of scripts that ours understands. */
export function compareWithBash(first: number, count: number): number {
  let ran = 0
  for (let from = first; from < first + count; from += BATCH) {
    const seeds = Array.from({ length: BATCH }, (_, i) => from + i)
    const scripts = seeds.flatMap(seed => [madeScript(seed), brokenScript(seed)]).filter(script => seenByOurs(script))
    for (const [at, names] of ranByBash(scripts).entries()) {
      ran += names.size
      demandSeen(`seeds from ${from}`, scripts[at] ?? '', names, script => ranByBash([script])[0])
    }
  }
  return ran
}

function demandSeen(
  where: string,
  script: string,
  seen: Names | undefined,
  witness: (script: string) => Names | undefined,
): void {
  const missing = unseen(script, seen)
  if (missing.length === 0) return
  const shortest = shrunk(script, shorter => unseen(shorter, witness(shorter)).length > 0)
  const texts = `${JSON.stringify(script)}, shortest ${JSON.stringify(shortest)}`
  assert.fail(`${where}: ${missing.join(', ')} is unseen in ${texts}`)
}
