/** Verdicts that say what their gate has not, signed by a key that may: what is left is what they bind. */
import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type DataTable, type NixWorld, reads, When } from 'nixcumber'
import { commit } from './gate.ts'
import { notMet } from './not-met.ts'
import { trialOf } from './trial.ts'

type Document = Record<string, unknown>

/** As nixcumber writes it: keys in order, which stay where they are. */
const write = (file: string, document: Document): void =>
  writeFileSync(file, `${JSON.stringify(document, undefined, 2)}\n`)

/** @param key `results.counts.failed` */
function change(document: Document, key: string, value: unknown): void {
  const [first = '', ...rest] = key.split('.')
  if (!Object.hasOwn(document, first)) throw notMet('The verdict', key, Object.keys(document).join(', '))
  if (rest.length === 0) document[first] = value
  else change(document[first] as Document, rest.join('.'), value)
}

When(
  'in the verdict {string} these say otherwise:',
  reads(function (this: NixWorld, name: string, table: DataTable) {
    const trial = trialOf(this)
    const document = JSON.parse(trial.read(name)) as Document & { toplevel: { path: string } }
    const { path } = document.toplevel
    const filled = (value: string): string => value.replaceAll('<folder>', trial.folder).replaceAll('<system>', path)
    for (const { key = '', value = '' } of table.hashes()) change(document, key, JSON.parse(filled(value)))
    write(join(trial.folder, name), document)
  }),
)

When(
  'the laptop becomes one that was never built',
  reads(function (this: NixWorld) {
    const { folder } = trialOf(this)
    const file = join(folder, 'laptop/modules/nixos/web.nix')
    writeFileSync(
      file,
      trialOf(this).read('laptop/modules/nixos/web.nix').replace('Welcome', `Welcome ${randomUUID()}`),
    )
    commit(join(folder, 'laptop'))
  }),
)

/** Where a verdict has each of what `verify --json` tells. */
const KEYS: Readonly<Record<string, string>> = {
  revision: 'flake.revision',
  'narHash of the flake': 'flake.narHash',
  fingerprint: 'flake.fingerprint',
  'derivation of the system': 'toplevel.derivation',
  system: 'toplevel.path',
}

When(
  'the verdict {string} binds what was found instead',
  reads(function (this: NixWorld, name: string) {
    const trial = trialOf(this)
    const { output } = trial.ended
    const { differences } = JSON.parse(output.slice(output.indexOf('{'))) as {
      differences: { what: string; expected: string; found: string }[]
    }
    const found = new Map(differences.map(each => [each.what, each]))
    const path = found.get('system')
    const document = JSON.parse(trial.read(name).replaceAll(path?.expected ?? '', path?.found ?? '')) as Document
    for (const { what, found: now } of differences) change(document, KEYS[what] ?? what, now)
    write(join(trial.folder, name), document)
  }),
)
