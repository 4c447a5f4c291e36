/** Writes what boot.sh needs into the host's folder of the lab: the tree that is laid over its root, its name, disks and commands. */
import { randomBytes } from 'node:crypto'
import { chmodSync, copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { accountFiles } from './accounts.ts'
import { MASKED, SSHD, SSHD_CONFIG, target } from './base.ts'
import type { LabFile, LabWish } from './wish.ts'

const SIZE_MIB = 64

export function fill(wish: LabWish, place: string): void {
  const put = (file: string, text: string): void => writeFileSync(join(place, file), text)
  put('name', wish.name ?? 'box')
  put('size', String(wish.size ?? SIZE_MIB))
  put('node', process.execPath)
  put('disks', lines(Object.entries(wish.disks ?? {}).map(([path, mebibytes]) => `${mebibytes} ${path}`)))
  for (const [path, file] of Object.entries({ ...base(wish, place), ...files(wish) }))
    putFile(join(place, 'tree'), path, file)
  copyFileSync(join(place, 'host_key'), join(place, 'tree/etc/ssh/ssh_host_ed25519_key'))
  mkdirSync(join(place, 'prepare'))
  commands(wish).forEach((words, i) => {
    put(`prepare/${String(i).padStart(4, '0')}`, words.map(word => `${word}\0`).join(''))
  })
}

/** What every host has. */
function base({ start = [], sshd = [], users, groups, name = 'box' }: LabWish, place: string): Record<string, LabFile> {
  const accounts = accountFiles(users, groups)
  return {
    '/etc/passwd': { text: accounts.passwd },
    '/etc/group': { text: accounts.group },
    '/etc/shadow': { text: accounts.shadow, mode: 0o640 },
    '/etc/hostname': { text: `${name}\n` },
    '/etc/hosts': { text: `127.0.0.1 localhost\n::1 localhost\n127.0.1.1 ${name}\n` },
    '/etc/machine-id': { text: `${randomBytes(16).toString('hex')}\n` },
    '/etc/localtime': { link: '/usr/share/zoneinfo/Etc/UTC' },
    '/etc/ssh/authorized_keys': { text: readFileSync(join(place, 'authorized_keys')) },
    '/etc/ssh/sshd_config': { text: lines([...SSHD_CONFIG, ...sshd]) },
    '/etc/systemd/system/sshd.service': { text: SSHD },
    '/etc/systemd/system/lab.target': { text: target(start) },
    '/etc/systemd/system/default.target': { link: 'lab.target' },
    ...Object.fromEntries(MASKED.map(unit => [`/etc/systemd/system/${unit}`, { link: '/dev/null' }])),
  }
}

/** What this one has. */
function files({ units = {}, enable = [], files = {} }: LabWish): Record<string, LabFile> {
  const entries = Object.entries(files).map(([path, file]) => [path, typeof file === 'string' ? { text: file } : file])
  return {
    ...Object.fromEntries(Object.entries(units).map(([unit, text]) => [`/etc/systemd/system/${unit}`, { text }])),
    ...Object.fromEntries(
      enable.map(unit => [`/etc/systemd/system/lab.target.wants/${unit}`, { link: `/etc/systemd/system/${unit}` }]),
    ),
    ...(Object.fromEntries(entries) as Record<string, LabFile>),
  }
}

/** Homes and owners first: a command of the test's may rely on them. */
function commands({ files = {}, users = [], prepare = [] }: LabWish): (readonly string[])[] {
  const homes = users.flatMap(({ name, home = `/home/${name}` }) => [
    ['mkdir', '-p', '--', home],
    ['chown', '--', `${name}:`, home],
  ])
  const owned = Object.entries(files).flatMap(([path, file]) =>
    typeof file === 'string' || file.owner === undefined ? [] : [['chown', '-h', '--', file.owner, path]],
  )
  return [...homes, ...owned, ...prepare]
}

function putFile(tree: string, path: string, { text, mode, link, folder }: LabFile): void {
  if (!path.startsWith('/') || /^\/(bin|sbin|lib\w*)\//.test(path))
    throw new Error(`"${path}": a file of a lab host has an absolute path; programs lie in /usr/bin`)
  const file = join(tree, path)
  mkdirSync(folder ? file : dirname(file), { recursive: true })
  if (link !== undefined) symlinkSync(link, file)
  else if (!folder) writeFileSync(file, text ?? '')
  if (link === undefined) chmodSync(file, mode ?? (folder ? 0o755 : 0o644))
}

const lines = (words: readonly string[]): string => words.map(word => `${word}\n`).join('')
