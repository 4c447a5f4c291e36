/** Partitions as the kernel and blkid(8) have them. */
import { type CommandResult, sh, unconfined } from '../../core/command.ts'
import { seconds } from '../../core/time/duration.ts'
import type { Fact } from '../fact.ts'
import type { Probe } from '../probe.ts'
import { answers, encoded, inSections, isMissing, lines, succeeded } from '../sections.ts'
import { toolMissing, UnreadableAnswer } from '../unreadable-answer.ts'

export interface Partition {
  /** The kernel's: `sda1`. */
  readonly name: string
  readonly disk: string
  readonly number: number
  readonly bytes: number
  readonly content: Fact<PartitionContent>
}

/** Each is empty where there is none. */
export interface PartitionContent {
  /** A GUID, or the number of a legacy table: `0x83`. */
  readonly type: string
  /** In a GPT. */
  readonly partitionName: string
  /** As blkid(8) calls it: `ext4`, `crypto_LUKS`, `LVM2_member`, `swap`. */
  readonly fileSystem: string
  readonly label: string
}

export interface PartitionFacts {
  readonly disks: readonly { readonly name: string; readonly bytes: number }[]
  readonly partitions: readonly Partition[]
  /** Where the names that were asked about lead. */
  readonly links: ReadonlyMap<string, string>
}

export interface PartitionQuery {
  /** What is asked about, for the reader. */
  readonly subject: string
  /** Names of disks and partitions that a feature uses, which may be links. */
  readonly paths: readonly string[]
  readonly rows: number
}

/** blkid reads the device itself (`-p`), where its cache and udev's database may be old; its words for udev hide no blank and no newline. */
const BLOCK_DEVICES = encoded(sh`for dir in /sys/class/block/*; do
[ -d "$dir" ] || continue
name=\${dir##*/} parent=$(cd -P "$dir/.." && pwd -P) number= size= said= code=
[ ! -e "$dir/partition" ] || IFS= read -r number <"$dir/partition"
[ ! -e "$dir/size" ] || IFS= read -r size <"$dir/size"
if [ -n "$number" ]; then
node=/dev/$(printf '%s' "$name" | tr '!' /)
if [ ! -b "$node" ]; then code=gone
elif [ ! -r "$node" ]; then code=closed
else said=$(blkid -p -o udev "$node"); code=$?
fi
fi
printf '%s\\0' "$name" "\${parent##*/}" "$number" "$size" "$code" "$said"
done`)
const COUNT = 6

/** The same facts for each row of a table: one look. */
export const partitionsOfRows: Probe<PartitionQuery, readonly PartitionFacts[]> = {
  budget: seconds(30),
  describe: ({ subject }) => subject,
  // The kernel's net of a live host keeps disks back.
  command: ({ paths }) =>
    unconfined(
      inSections(BLOCK_DEVICES, sh`set -- ${paths}; for path; do readlink -f -- "$path" || printf '\\n'; done`),
    ),
  parse(result, { paths, rows }) {
    const [blocks, followed] = answers(result, 'The partitions', 2)
    const ends = succeeded(followed, 'Where names of devices lead', result).split('\n')
    const links = new Map(paths.map((path, i) => [path, ends[i] || path]))
    const facts = { ...blockDevices(succeeded(blocks, 'The partitions', result), result), links }
    return Array<PartitionFacts>(rows).fill(facts)
  },
}

function blockDevices(base64: string, result: CommandResult): Pick<PartitionFacts, 'disks' | 'partitions'> {
  const fields = Buffer.from(base64, 'base64').toString().split('\0').slice(0, -1)
  if (fields.length === 0 || fields.length % COUNT !== 0) throw new UnreadableAnswer('The partitions', result)
  const devices = Array.from({ length: fields.length / COUNT }, (_, i) => fields.slice(i * COUNT, (i + 1) * COUNT))
  const isPartition = ([, , number]: readonly string[]): boolean => number !== ''
  return {
    disks: devices
      .filter(device => !isPartition(device))
      .map(([name = '', , , size]) => ({ name, bytes: bytesOf(size, result) })),
    partitions: devices.filter(isPartition).map(device => toPartition(device, result)),
  }
}

function toPartition([name = '', disk = '', number, size, code = '', said]: readonly string[], result: CommandResult) {
  if (isMissing({ code: Number(code) })) throw toolMissing('The partitions', result)
  const partition = { name, disk, number: Number(number), bytes: bytesOf(size, result) }
  if (!Number.isSafeInteger(partition.number)) throw new UnreadableAnswer('The partitions', result)
  return { ...partition, content: contentOf(name, code, said) }
}

const SECTOR = 512

/** sysfs counts in sectors of 512 bytes, whatever the disk's own are (the kernel's Documentation/ABI/stable/sysfs-block). */
function bytesOf(size: string | undefined, result: CommandResult): number {
  if (!/^\d{1,13}$/.test(size ?? '')) throw new UnreadableAnswer('The partitions', result)
  return Number(size) * SECTOR
}

/** Exit codes of blkid(8): 8 when there are signatures of several kinds. */
const AMBIVALENT = '8'

function contentOf(name: string, code: string, said = ''): Fact<PartitionContent> {
  if (code === 'gone') return { unknown: `there is no device /dev/${name}` }
  if (code === 'closed') return { unknown: `/dev/${name} may not be read: ask as root` }
  if (code === AMBIVALENT) return { unknown: `/dev/${name} has signatures of several kinds` }
  const words = new Map(lines(said).map(line => [line.split('=', 1)[0] ?? '', decoded(line)]))
  const word = (key: string): string => words.get(key) ?? ''
  const type = word('ID_PART_ENTRY_TYPE')
  if (code !== '0' || type === '') return { unknown: `blkid does not say what /dev/${name} is (exit code ${code})` }
  return {
    is: {
      type,
      partitionName: word('ID_PART_ENTRY_NAME'),
      fileSystem: word('ID_FS_TYPE'),
      label: word('ID_FS_LABEL_ENC'),
    },
  }
}

/** What is no plain character is written as the numbers of its bytes, `\x20` (libblkid, blkid_encode_string). */
const decoded = (line: string): string =>
  Buffer.from(
    Buffer.from(line.slice(line.indexOf('=') + 1))
      .toString('latin1')
      .replace(/\\x([0-9a-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString()
