import { z } from 'zod'
import { plural } from '../../core/text/text.ts'

/** An option of the host that has another value in its machine, for the report: a reader of the verdict must know what was not the host's own. */
export interface MachineDifference {
  readonly option: string
  /** Absent where the host has no such thing. */
  readonly host?: string
  /** Absent where the machine has no such thing. `+ x` is added to what the host says, `- x` is left out of it. */
  readonly machine?: string
  readonly why: string
}

/** Who set it, as wrapper/machine.nix names them. */
const FROM: Readonly<Record<string, string>> = {
  vmVariant: "the host's own virtualisation.vmVariant",
  'nixos-shell': "nixos-shell's module sets it",
  'qemu-vm.nix': "NixOS's qemu-vm.nix sets it",
  harness: "nixcumber's harness sets it",
}

const NO_SUCH_DEVICE = 'a virtual machine has no such device'
/** wrapper/disks.nix has the number. */
const NO_ROOM = 'a virtual machine has disks for twelve further file systems, and this one is beyond them'

/** The first that matches. */
const REASONS: readonly (readonly [RegExp, string])[] = [
  [/^fileSystems\./, 'the disks of a virtual machine are its own'],
  [/^(?:swapDevices|boot\.initrd\.luks\.devices|boot\.resumeDevice)/, 'the disks of a virtual machine are its own'],
  [/^boot\.loader\./, 'the kernel is started directly, no boot loader is installed'],
  [/^boot\.initrd\..*[kK]ernelModules/, 'drivers of virtual hardware'],
  [/^boot\.postBootCommands/, "Nix's database learns of what is in the store"],
  [/^networking\.usePredictableInterfaceNames/, 'a network card is called eth0 unless the host names it'],
  [/^networking\.dhcpcd\.extraConfig/, 'an address without waiting'],
  [/^networking\.wireless\.|^services\.connman\./, 'there is no wireless card'],
  [/^services\.xserver\./, 'the display is a virtual one'],
  [/^services\.getty\.helpLine/, 'a hint of nixos-shell at the login prompt'],
  [/^environment\.(?:systemPackages|loginShellInit)/, "the terminal's size at login"],
  [/^(?:programs\.git\.config|environment\.etc\.gitconfig)/, 'repositories of other users, for nixos-shell'],
  [/^users\.users\.root\.openssh\.authorizedKeys/, 'the way in over ssh'],
  [/nixcumber-files/, 'puts the files that were handed over into their places'],
  [/^systemd\.services\.nixcumber-agent/, 'the way in over the harness port'],
]

const text = z.string().nullable()
export const differenceSchema = z
  .object({ from: z.string(), path: z.array(z.string()) })
  .and(
    z.union([
      z.object({ added: z.array(z.string()), removed: z.array(z.string()) }),
      z.object({ host: text, machine: text }),
    ]),
  )
type Found = z.infer<typeof differenceSchema>

/** As many as a row of a table has room for. */
const SHOWN = 6
const WIDTH = 160
/** What both sides begin with alike is shown only so far before the place where they part. */
const LEAD = 20

/** What wrapper/differences.nix found, in words. */
export function toDifference(found: Found): MachineDifference {
  const option = showPath(found.path)
  const why = (found.from === 'vmVariant' ? undefined : reasonFor(option)) ?? FROM[found.from] ?? found.from
  if ('added' in found)
    return { option, machine: [...marked('+', found.added), ...marked('-', found.removed)].join(', '), why }
  const { host, machine } = found
  if (machine === null && host !== null && /^(?:fileSystems|boot\.initrd\.luks)/.test(option))
    return { option, host: cut(line(host)), why: found.from === 'no room' ? NO_ROOM : NO_SUCH_DEVICE }
  const from = host !== null && machine !== null ? parting(line(host), line(machine)) : 0
  return {
    option,
    ...(host === null ? {} : { host: cut(line(host), from) }),
    ...(machine === null ? {} : { machine: cut(line(machine), from) }),
    why,
  }
}

/** From where on two texts are shown, so that what is different can be seen. */
function parting(one: string, other: string): number {
  let alike = 0
  while (alike < one.length && one[alike] === other[alike]) alike++
  return alike + LEAD < WIDTH ? 0 : alike - LEAD
}

const cut = (text: string, from = 0): string =>
  `${from > 0 ? '…' : ''}${text.slice(from, from + WIDTH)}${text.length > from + WIDTH ? '…' : ''}`

/** For the terminal: how much is not the host's own, and what of it matters most. All of it stands in the report. */
export function summary(machine: string, differences: readonly MachineDifference[]): string[] {
  const replaced = differences.filter(({ host }) => host !== undefined && host !== '')
  if (replaced.length === 0) return []
  const names = replaced.toSorted((a, b) => weight(a) - weight(b)).map(({ option }) => option)
  const more = names.length > NAMED ? `, and ${names.length - NAMED} more` : ''
  const options = plural(replaced.length, 'option')
  return [
    `The virtual machine of ${machine} has ${options} otherwise than the host: ${names.slice(0, NAMED).join(', ')}${more}; report.html lists them`,
  ]
}

const NAMED = 3

/** What the user asked for, and what no virtual machine needs, first; disks, boot loader and drivers are otherwise in every one. */
const weight = ({ option, why }: MachineDifference): number =>
  reasonFor(option) === undefined || why === FROM.vmVariant ? 0 : why === NO_SUCH_DEVICE || why === NO_ROOM ? 1 : 2

const reasonFor = (option: string): string | undefined => REASONS.find(([pattern]) => pattern.test(option))?.[1]

function marked(sign: string, values: readonly string[]): string[] {
  const shown = values.slice(0, SHOWN).map(value => `${sign} ${cut(line(value))}`)
  return values.length > SHOWN ? [...shown, `${sign} ${values.length - SHOWN} more`] : shown
}

/** Values may be whole scripts. */
const line = (value: string): string => value.replaceAll(/\s+/g, ' ').trim()

/** An option's path as Nix writes it. */
export const showPath = (path: readonly string[]): string =>
  path.map(name => (/^[\w'-]+$/.test(name) ? name : JSON.stringify(name))).join('.')
