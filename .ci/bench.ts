/**
 * Ratios, measured in one run beside what one would use instead; `npm run bench`. Prints, never fails on a time.
 * `npm run bench commandline`, `… shell`, `… network`, `… machine`, `… isolation`, `… workers`, `… fleet`, `… compare`, `… truth` measure one part.
 */
import { commandLine } from './bench/command-line.ts'
import { compare } from './bench/compare.ts'
import { fleet } from './bench/fleet.ts'
import { isolation } from './bench/isolation.ts'
import { machine } from './bench/machine.ts'
import type { Part } from './bench/measure.ts'
import { network } from './bench/network.ts'
import { shell } from './bench/shell.ts'
import { truth } from './bench/truth.ts'
import { workers } from './bench/workers.ts'

const parts: Readonly<Record<string, Part>> = {
  commandline: commandLine,
  shell,
  network,
  machine,
  isolation,
  workers,
  fleet,
  compare,
  truth,
}
const wanted = process.argv.slice(2)

for (const [name, part] of Object.entries(parts)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  console.log(`\n${name}`)
  await part((what, figure, beside = '') => console.log(`  ${what.padEnd(46)} ${figure.padStart(10)}  ${beside}`))
}
process.exit()
