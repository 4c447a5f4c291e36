/** What a boot loader of a machine reads, and which of its files are those of a system. */
import { sh, unconfined } from '../../core/command.ts'
import { seconds } from '../../core/time/duration.ts'
import type { Probe } from '../probe.ts'
import { answers, encoded, inSections, succeeded } from '../sections.ts'
import { UnreadableAnswer } from '../unreadable-answer.ts'

export interface BootFiles {
  readonly isUefi: boolean
  /** Variables of UEFI by name, as the firmware holds them; undefined when none of them could be seen. */
  readonly variables: ReadonlyMap<string, Buffer> | undefined
  /** Folders in which systemd-boot has its menu: `/boot`. */
  readonly roots: readonly string[]
  /** Texts by path: `loader.conf`, its entries, `grub.cfg`, `grubenv`. */
  readonly texts: ReadonlyMap<string, string>
  /** Programs of UEFI that systemd-boot adds to its menu by itself (Boot Loader Specification, type 2). */
  readonly images: readonly string[]
  /** What could not be looked into. */
  readonly closed: readonly string[]
  /** Folders whose files were compared. */
  readonly compared: readonly string[]
  /** What was found of each file there. */
  readonly files: ReadonlyMap<string, readonly Likeness[]>
  readonly system: SystemFiles
}

/** Byte for byte the kernel's, or the initrd's; `more`: as the initrd, with something after it. `unread`: it was not compared to the end. */
export type Likeness = 'kernel' | 'initrd' | 'more' | 'unread'

/** Of the system that is asked about, in the machine's own store; paths are empty where there is none. */
export interface SystemFiles {
  readonly toplevel: string
  readonly kernel: string
  readonly initrd: string
  readonly parameters: string
  /** A program of it adds secrets to its initrd when the boot loader is written (boot.initrd.secrets). */
  readonly hasSecrets: boolean
}

/** The vendors under which the variables stand: systemd's (systemd-boot(7)), and that of UEFI itself. */
const LOADER = '4a67b082-0a4c-41cf-b6c7-440b29bb8c4f'
const GLOBAL = '8be4df61-93ca-11d2-aa0d-00e098032b8c'
const VARIABLES = [
  ...['LoaderInfo', 'LoaderEntryDefault', 'LoaderEntryOneShot', 'LoaderEntryPreferred', 'LoaderEntrySysFail'].map(
    name => `${name}-${LOADER}`,
  ),
  `BootNext-${GLOBAL}`,
]
export const GRUB = '/boot/grub'
const KERNELS = '/boot/kernels'
/** Where an EFI system partition or an XBOOTLDR is mounted (bootctl(1)), beside every other vfat. */
const PLACES = ['/boot', '/efi', '/boot/efi']

/** Records of three fields: what it is, its name, and its text. */
const LOOK = (toplevel: string) =>
  encoded(sh`say() { printf '%s\\0%s\\0%s\\0' "$1" "$2" "$3"; }
read_as() { if text=$("$3" $4 "$2" 2>/dev/null); then say "$1" "$2" "$text"; else say closed "$2" ''; fi; }
vars=/sys/firmware/efi/efivars system=${toplevel} seen=' '
[ ! -d /sys/firmware/efi ] || say uefi '' ''
set -- "$vars"/*; [ ! -e "$1" ] || say variables '' ''
for name in ${VARIABLES}; do [ ! -e "$vars/$name" ] || read_as variable "$vars/$name" base64 -w0; done
if [ -e "$system" ]; then
say kernel "$(readlink -f "$system/kernel")" ''; say initrd "$(readlink -f "$system/initrd")" ''
read_as parameters "$system/kernel-params" cat
[ ! -e "$system/append-initrd-secrets" ] || say secrets '' ''
fi
size() { stat -L -c %s "$1" 2>/dev/null || echo 0; }
is_like() { cmp -s "$system/$1" "$2"; case $? in 0) say "same $1" "$2" '' ;; 1) ;; *) say unread "$2" '' ;; esac; }
compare() {
say compared "$1" ''
[ -e "$system/kernel" ] && [ -e "$system/initrd" ] || return 0
for file in "$1"/*; do
[ -f "$file" ] || continue
is_like kernel "$file"; is_like initrd "$file"
bytes=$(size "$system/initrd")
if [ "$(size "$file")" -gt "$bytes" ] && cmp -s -n "$bytes" "$system/initrd" "$file"; then say more "$file" ''; fi
done
}
for root in ${PLACES} $(while read -r _ point type _; do [ "$type" != vfat ] || printf '%s\\n' "$point"; done </proc/self/mounts); do
case $seen in *" $root "*) continue ;; esac; seen="$seen$root "
[ -d "$root" ] || continue
if [ ! -r "$root" ] || [ ! -x "$root" ]; then say closed "$root" ''; continue; fi
[ -d "$root/loader" ] || [ -d "$root/EFI/Linux" ] || continue
say root "$root" ''
for file in "$root"/loader/loader.conf "$root"/loader/entries/*.conf; do [ ! -e "$file" ] || read_as text "$file" cat; done
for file in "$root"/EFI/Linux/*.efi; do [ ! -e "$file" ] || say image "$file" ''; done
[ ! -d "$root/EFI/nixos" ] || compare "$root/EFI/nixos"
done
for file in ${GRUB}/grub.cfg ${GRUB}/grubenv; do [ ! -e "$file" ] || read_as text "$file" cat; done
[ ! -d ${KERNELS} ] || compare ${KERNELS}`)

const TOOLS = sh`for tool in cmp stat readlink; do command -v "$tool" >/dev/null || { echo "$tool: not found" >&2; exit 127; }; done`

export const bootFiles: Probe<{ readonly toplevel: string }, BootFiles> = {
  // Kernels and initrds are read: some hundred megabytes, of a slow disk.
  budget: seconds(60),
  describe: () => 'the boot loader',
  // The kernel's net of a live host hides the mounts as they are.
  command: ({ toplevel }) => unconfined(inSections(LOOK(toplevel), TOOLS)),
  parse(result, { toplevel }) {
    const [look, tools] = answers(result, 'The boot loader', 2)
    const fields = Buffer.from(succeeded(look, 'The boot loader', result), 'base64')
      .toString()
      .split('\0')
      .slice(0, -1)
    if (fields.length % 3 !== 0) throw new UnreadableAnswer('The boot loader', result)
    succeeded(tools, 'The boot loader', result)
    const records = Array.from({ length: fields.length / 3 }, (_, i) => fields.slice(i * 3, i * 3 + 3))
    return toFacts(records, toplevel)
  },
}

function toFacts(records: readonly (readonly string[])[], toplevel: string): BootFiles {
  const of = (kind: string) =>
    records.flatMap(([is, name = '', text = '']) => (is === kind ? [[name, text] as const] : []))
  const names = (kind: string): string[] => of(kind).map(([name]) => name)
  return {
    isUefi: names('uefi').length > 0,
    variables:
      names('variables').length === 0
        ? undefined
        : new Map(of('variable').map(([path, text]) => [variableOf(path), Buffer.from(text, 'base64')])),
    roots: names('root'),
    texts: new Map(of('text')),
    images: names('image'),
    closed: names('closed'),
    compared: names('compared'),
    files: likenesses(names),
    system: {
      toplevel,
      kernel: names('kernel')[0] ?? '',
      initrd: names('initrd')[0] ?? '',
      parameters: of('parameters')[0]?.[1] ?? '',
      hasSecrets: names('secrets').length > 0,
    },
  }
}

/** `/sys/…/LoaderInfo-4a67b082-…` is `LoaderInfo`. */
const variableOf = (path: string): string => path.split('/').at(-1)?.split('-')[0] ?? ''

const KINDS = { 'same kernel': 'kernel', 'same initrd': 'initrd', more: 'more', unread: 'unread' } as const

function likenesses(names: (kind: string) => string[]): ReadonlyMap<string, readonly Likeness[]> {
  const found = new Map<string, Likeness[]>()
  for (const [kind, likeness] of Object.entries(KINDS))
    for (const file of names(kind)) found.set(file, [...(found.get(file) ?? []), likeness])
  return found
}
