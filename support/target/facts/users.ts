/** What uses the disks of a target where lsblk does not look: other mount namespaces, open files, and what the kernel exports. */
import { type Command, sh } from '../../core/command.ts'
import type { Part } from './part.ts'

export interface NamespaceMount {
  /** A process in that namespace: `qemu-system-x86`. */
  readonly program: string
  readonly process: number
  /** The kernel's of the device: `8:1`. */
  readonly number: string
  /** `/dev/sda1`; of another kind for file systems of several devices. */
  readonly source: string
  readonly point: string
}

/** Some processes have ended before ls(1) came to them, of which its exit codes 1 and 2 tell. */
const listed = (files: string): Command => ({
  script: `listed=$(timeout 10 ls -ln ${files}); code=$?
[ "$code" -lt 3 ] || exit "$code"
[ -n "$listed" ] || { echo 'which processes there are is not told'; exit 77; }`,
})

/**
 * proc_pid_mountinfo(5), of one process for each namespace (mount_namespaces(7)): the first that has not ended meanwhile. One that no
 * process is in, such as a namespace that is kept by a mount of it, is not seen.
 */
export const namespaceMounts: Part<readonly NamespaceMount[]> = {
  tool: '/proc/*/ns/mnt',
  command: sh`${listed('/proc/[0-9]*/ns/mnt')}
printf '%s\n' "$listed" | sed -n 's|.*/proc/\\([0-9]*\\)/ns/mnt -> \\(.*\\)|\\2 \\1|p' | sort | while read -r space process; do
[ "$space" != "$shown" ] || continue
IFS= read -r program <"/proc/$process/comm" && mounts=$(cat "/proc/$process/mountinfo") || continue
shown=$space
printf 'space\t%s\t%s\n%s\n' "$process" "$program" "$mounts"
done`,
  parse(text) {
    const found: NamespaceMount[] = []
    let [process, program] = ['', '']
    for (const line of text.split('\n').filter(Boolean))
      if (line.startsWith('space\t')) [process = '', program = ''] = line.split('\t').slice(1)
      else found.push({ program, process: Number(process), ...mountOf(line) })
    if (found.length === 0) throw new Error('no mounts')
    return found
  },
}

function mountOf(line: string): Pick<NamespaceMount, 'number' | 'source' | 'point'> {
  const [, number, point, source] = /^\d+ \d+ (\d+:\d+) \S+ (\S+) .*? - \S+ (\S*)/.exec(line) ?? []
  if (number === undefined || point === undefined || source === undefined) throw new Error('no mount')
  return { number, source: withBlanks(source), point: withBlanks(point) }
}

/** Blanks and backslashes in octal: proc_pid_mountinfo(5), as getmntent(3) reads them. */
const withBlanks = (text: string): string =>
  text.replaceAll(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)))

export interface OpenDevice {
  readonly program: string
  readonly process: number
  /** `/dev/sda`, as the process has found it. */
  readonly path: string
}

/** proc_pid_fd(5), proc_pid_comm(5). Names below /dev only: a device that was made elsewhere by mknod(2) is not seen. */
export const openDevices: Part<readonly OpenDevice[]> = {
  tool: '/proc/*/fd',
  command: sh`${listed('/proc/[0-9]*/fd')}
printf '%s\n' "$listed" | grep -E '^/proc/[0-9]+/fd:$| -> /dev/'
grep -H . /proc/[0-9]*/comm
exit 0`,
  parse(text) {
    const lines = text.split('\n')
    const programs = new Map(lines.flatMap(line => [...line.matchAll(/^\/proc\/(\d+)\/comm:(.*)$/g)].map(pair)))
    const open = new Map<string, OpenDevice>()
    let process = ''
    for (const line of lines) {
      process = /^\/proc\/(\d+)\/fd:$/.exec(line)?.[1] ?? process
      const path = deviceOf(line)
      const program = programs.get(process) ?? 'a program that has ended'
      if (path !== undefined) open.set(`${process} ${path}`, { program, process: Number(process), path })
    }
    if (programs.size === 0 || process === '') throw new Error('no processes')
    return [...open.values()]
  },
}

const pair = ([, key = '', value = '']: RegExpMatchArray): [string, string] => [key, value]

export interface Export {
  /** `iSCSI target`, `NVMe target`: by which it can be had from elsewhere. */
  readonly by: string
  /** `/dev/sda`. */
  readonly path: string
}

/** The kernel's Documentation/target/tcm_mod_builder.rst and Documentation/nvme: both are told in configfs. */
export const deviceExports: Part<readonly Export[]> = {
  tool: '/sys/kernel/config',
  command: sh`for place in target_core_mod:target nvmet:nvmet; do
[ ! -d "/sys/module/\${place%:*}" ] || [ -d "/sys/kernel/config/\${place#*:}" ] || { echo "what its \${place%:*} exports is not told (configfs)"; exit 77; }
done
for file in /sys/kernel/config/target/core/*/*/info /sys/kernel/config/nvmet/subsystems/*/namespaces/*/device_path; do
[ ! -r "$file" ] || printf 'export\t%s\t%s\n' "$file" "$(tr '\n\t' '  ' <"$file")"
done`,
  parse: text => text.split('\n').filter(Boolean).flatMap(exportsOf),
}

/** `iBlock device: sda  UDEV PATH: /dev/sda  readonly: 0` (the kernel's drivers/target/target_core_iblock.c). */
const BACKED_BY = /(?:iBlock device|UDEV PATH|File): +(\S+)/g

function exportsOf(line: string): Export[] {
  const [word, file, said = '', ...more] = line.split('\t')
  if (word !== 'export' || file === undefined || more.length > 0) throw new Error('no export')
  if (file.includes('/nvmet/')) return [{ by: 'the NVMe target', path: said.trim() }]
  return [...said.matchAll(BACKED_BY)].map(([, path = '']) => ({
    ...{ by: 'the iSCSI target', path: path.startsWith('/') ? path : `/dev/${path}` },
  }))
}

const ARROW = ' -> '

/** What an open file leads to, where that is below /dev. */
function deviceOf(line: string): string | undefined {
  const arrow = line.indexOf(`${ARROW}/dev/`)
  return arrow === -1 ? undefined : line.slice(arrow + ARROW.length)
}
