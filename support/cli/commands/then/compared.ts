/** What is new on the target beside what was judged, in the words of `nixcumber compare`. It decides nothing. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { compare } from '../../../compare/compare.ts'
import { readComparedRun } from '../../../compare/compared-run.ts'
import { renderText } from '../../../compare/render/text.ts'
import { runJson } from '../../../record/run/run-json.ts'

export async function tellCompared(judged: string, live: string): Promise<void> {
  try {
    const [base, current] = [await recorded(judged), await recorded(live)]
    const comparison = compare({ base, current, past: [], damaged: [], waivers: [], now: new Date(), strict: false })
    console.log(`\nBeside the run that judged:\n${renderText(comparison, (_, text) => text)}`)
  } catch (error) {
    console.error(
      `! It could not be compared with the run that judged: ${error instanceof Error ? error.message : error}`,
    )
  }
}

function recorded(folder: string) {
  const run = runJson.parse(JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')))
  return readComparedRun({ folder, run, state: 'ended' })
}
