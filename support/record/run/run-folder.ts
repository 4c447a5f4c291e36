/** A run on disk. Messages are appended as they happen, run.json is replaced as a whole whenever something is learned. */
import {
  closeSync,
  existsSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { processIdentity } from '../../core/files/process-identity.ts'
import { redactor } from '../../core/secrets/redact.ts'
import type { FactsFile } from '../facts-file.ts'
import { SizeBook } from '../sizes.ts'
import { writeFacts } from '../write-facts.ts'
import { makeFolder, OWN_FILE, OWN_FOLDER, unwritable, writeAtomically, writeWhole } from '../write-file.ts'
import type { RunJson } from './run-json.ts'
import type { Difference, FlakeFacts, RunRecord, Size } from './run-record.ts'

export type RunStart = Pick<RunJson, 'tool' | 'command' | 'inputs' | 'start' | 'part'>

const redact = redactor(process.env)

/** The command line and a flake's address may hold passwords. */
const clean = (run: RunJson): RunJson => JSON.parse(redact(JSON.stringify(run))) as RunJson

export class RunFolder implements RunRecord {
  readonly folder: string
  readonly #messages: number
  #run: RunJson
  readonly #sizes = new SizeBook()

  private constructor(folder: string, start: RunStart) {
    this.folder = folder
    const runner = processIdentity(process.pid)
    this.#run = clean({ format: 1, ...start, ...(runner ? { runner } : {}), toplevels: {}, machines: {}, notes: [] })
    this.#messages = openSync(this.messagesFile, 'wx', OWN_FILE)
    this.#save()
  }

  /**
   * @param reports names of the files that reports are written to; those of an earlier run in the same place are removed
   * @throws EnvironmentBroken when nothing can be written there
   */
  static open(folder: string, start: RunStart, reports: readonly string[]): RunFolder {
    try {
      makeFolder(folder)
      // Of an earlier run in the same place nothing may be taken for this one's.
      for (const name of ['evidence', 'facts', 'target.json', 'audit.ndjson', 'messages.ndjson', ...reports])
        rmSync(join(folder, name), { recursive: true, force: true })
      // What machines and Nix have printed may be read by their user only.
      mkdirSync(join(folder, 'evidence'), { mode: OWN_FOLDER })
      return new RunFolder(folder, start)
    } catch (error) {
      throw unwritable(folder, error)
    }
  }

  get run(): RunJson {
    return this.#run
  }

  get messagesFile(): string {
    return join(this.folder, 'messages.ndjson')
  }

  /** One line of messages.ndjson. On a full disk a half-written line is taken back. */
  message(line: string): void {
    const { size } = fstatSync(this.#messages)
    try {
      writeWhole(this.#messages, Buffer.from(`${line}\n`))
    } catch (error) {
      ftruncateSync(this.#messages, size)
      throw unwritable(this.messagesFile, error)
    }
  }

  evidence(subject: string): string {
    const folder = join(this.folder, 'evidence', subject.replaceAll(/[^\w.@+-]+/g, '-'))
    try {
      makeFolder(folder)
      return folder
    } catch (error) {
      throw unwritable(folder, error)
    }
  }

  flake(facts: FlakeFacts): void {
    this.update({ flake: { ...this.#run.flake, ...facts } })
  }

  toplevel(host: string, storePath: string): void {
    const { toplevels, otherToplevels: others } = this.#run
    const former = toplevels[host]
    if (former !== undefined && former !== storePath && !others?.[host]?.includes(former))
      this.update({ otherToplevels: { ...others, [host]: [...(others?.[host] ?? []), former] } })
    this.update({ toplevels: { ...toplevels, [host]: storePath } })
  }

  machine(name: string, facts: Readonly<Record<string, string | number>>): void {
    this.update({ machines: { ...this.#run.machines, [name]: { ...this.#run.machines[name], ...facts } } })
  }

  size(name: string, size: Size, scenario: string): void {
    this.#sizes.add(name, size, [scenario])
    const sizes = this.#sizes.told
    if (Object.keys(sizes).length > 0) this.update({ sizes })
  }

  differences(name: string, differences: readonly Difference[]): void {
    this.update({ differences: { ...this.#run.differences, [name]: [...differences] } })
  }

  facts(facts: FactsFile): void {
    writeFacts(this.folder, facts)
  }

  note(text: string): void {
    if (!this.#run.notes.includes(text)) this.update({ notes: [...this.#run.notes, text] })
  }

  update(learned: Partial<RunJson>): void {
    this.#run = clean({ ...this.#run, ...learned })
    this.#save()
  }

  report(name: string, content: string): string {
    const file = join(this.folder, name)
    writeAtomically(file, content)
    return file
  }

  close(): void {
    closeSync(this.#messages)
  }

  #save(): void {
    writeAtomically(join(this.folder, 'run.json'), `${JSON.stringify(this.#run, undefined, 2)}\n`, OWN_FILE)
  }
}

/** `latest` beside the run folders points to the newest; a file of that name that is no link is left alone. */
export function pointToLatest(folder: string): void {
  const link = join(dirname(folder), 'latest')
  try {
    // Renamed into its place: two runs that begin at once must not leave none.
    const fresh = `${link}.${process.pid}.new`
    if (existsSync(link) && !isLink(link)) return
    rmSync(fresh, { force: true })
    symlinkSync(basename(folder), fresh)
    renameSync(fresh, link)
  } catch {
    // A convenience only: a file system without links, or a file of the user's own.
  }
}

function isLink(path: string): boolean {
  try {
    return readlinkSync(path) !== ''
  } catch {
    return false
  }
}
