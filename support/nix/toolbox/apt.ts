import { constants } from 'node:fs'
import { access, copyFile, mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { EnvironmentBroken } from '../../core/errors.ts'
import type { ProgressTask } from '../../core/progress.ts'
import { rows } from '../../core/text/text.ts'
import { type Mirror, mirrorFromApt, mirrorFromSetting } from './mirror.ts'
import { program } from './program.ts'

const HOST_KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg'

/** An apt with its own state folder: sees the host's proxy settings and sources, writes nothing outside the folder, needs no root. */
export class PrivateApt {
  readonly #folder: string
  readonly #suite: string
  readonly mirror: Mirror

  private constructor(folder: string, suite: string, mirror: Mirror) {
    this.#folder = folder
    this.#suite = suite
    this.mirror = mirror
  }

  static async open(folder: string, suite: string): Promise<PrivateApt> {
    await requireApt()
    return new PrivateApt(folder, suite, await debianMirror())
  }

  /** Downloads packages and all they depend on; gives the files. Signatures are verified against Debian's keys. */
  async download(packages: readonly string[], task: ProgressTask): Promise<string[]> {
    const place = await this.#prepare(this.#suite)
    const keyring = await this.#keyring()
    await writeFile(
      join(place, 'sources.list'),
      `deb [arch=amd64 signed-by=${keyring}] ${this.mirror.url} ${this.#suite} main\n`,
    )
    task.update(`reading the package lists of ${this.#suite}`)
    await this.#apt(place, ['update', '--error-on=any'], task)
    task.update(`downloading ${packages.length} packages and what they need`)
    await this.#apt(place, ['install', '--yes', '--download-only', '--no-install-recommends', ...packages], task)
    const archives = join(place, 'archives')
    return (await readdir(archives)).filter(name => name.endsWith('.deb')).map(name => join(archives, name))
  }

  /**
   * Debian's keys. An older host's do not know the suite: then its own apt, which it trusts, fetches the newest.
   * So trust always starts at the keys that the host came with.
   */
  async #keyring(): Promise<string> {
    if (await readable(`/usr/share/keyrings/debian-archive-${this.#suite}-stable.gpg`)) return HOST_KEYRING
    const place = await this.#prepare('keyring')
    await mkdir(join(place, 'unpacked'), { recursive: true })
    const failure = `This host does not have Debian's keys for ${this.#suite}, and its apt could not fetch them`
    await program(['apt-get', ...privately(place), 'update'], { failure })
    await program(['apt-get', ...privately(place), 'download', 'debian-archive-keyring'], { failure, cwd: place })
    const deb = (await readdir(place)).find(name => name.endsWith('.deb'))
    if (deb) await program(['dpkg-deb', '-x', join(place, deb), join(place, 'unpacked')], { failure })
    const keyring = join(this.#folder, 'debian-archive-keyring.gpg')
    await copyFile(join(place, 'unpacked', HOST_KEYRING), keyring)
    return keyring
  }

  async #prepare(name: string): Promise<string> {
    const place = join(this.#folder, name)
    await mkdir(join(place, 'lists/partial'), { recursive: true })
    await mkdir(join(place, 'archives/partial'), { recursive: true })
    await writeFile(join(place, 'status'), '')
    return place
  }

  async #apt(place: string, args: readonly string[], task: ProgressTask): Promise<void> {
    const own = [
      `Dir::Etc::SourceList=${place}/sources.list`,
      'Dir::Etc::SourceParts=/dev/null',
      'Dir::Etc::PreferencesParts=/dev/null',
    ]
    await program(['apt-get', '-q', ...privately(place), ...own.flatMap(option => ['-o', option]), ...args], {
      failure: `Debian's packages could not be fetched from ${this.mirror.url}`,
      next: 'see whether the mirror answers; another: export NIXCUMBER_DEBIAN_MIRROR=http://<mirror>/debian',
      onLine: line => {
        const got = /^Get:(\d+) \S+ \S+ \S+ (\S+)/.exec(line)
        if (got) task.update(`${args[0] === 'update' ? 'lists' : 'packages'}: ${got[1]} ${got[2] ?? ''}`)
      },
    })
  }
}

/** @throws EnvironmentBroken when none is known; UsageError when the user's is no URL */
export async function debianMirror(): Promise<Mirror> {
  const setting = process.env.NIXCUMBER_DEBIAN_MIRROR
  if (setting) return mirrorFromSetting(setting)
  const failure = "The host's apt sources could not be read"
  return mirrorFromApt(await program(['apt-get', 'update', '--print-uris'], { failure }))
}

const privately = (place: string): string[] =>
  [
    `Dir::State=${place}`,
    `Dir::State::status=${place}/status`,
    `Dir::State::lists=${place}/lists`,
    `Dir::Cache=${place}`,
    `Dir::Cache::archives=${place}/archives`,
    'APT::Architecture=amd64',
    'APT::Architectures::=amd64',
    // Its own user may not enter a private folder; what it fetches is verified either way.
    'APT::Sandbox::User=root',
    'Acquire::Languages=none',
    'Acquire::Retries=3',
  ].flatMap(option => ['-o', option])

const readable = (path: string): Promise<boolean> =>
  access(path, constants.R_OK).then(
    () => true,
    () => false,
  )

const APT = ['/usr/bin/apt-get', '/usr/bin/dpkg-deb']

/** Whether Debian's packages can be fetched and unpacked here. */
export const hasApt = async (): Promise<boolean> => (await missingOfApt()).length === 0

async function missingOfApt(): Promise<string[]> {
  const there = await Promise.all(APT.map(readable))
  return APT.filter((_, i) => !there[i])
}

async function requireApt(): Promise<void> {
  const missing = await missingOfApt()
  if (missing.length === 0) return
  throw new EnvironmentBroken(
    `The toolbox is made of Debian packages, and this host has no apt to fetch them\n${rows({
      Missing: missing.join(', '),
      Next: 'with Nix 2.18 or newer: run without --offline; else use a Debian or Ubuntu host',
    })}`.trimEnd(),
  )
}
