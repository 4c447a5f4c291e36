/** How LUKS is made and opened where a host is installed: with a passphrase for the occasion, in place of one that only its owner knows. */
import { z } from 'zod'
import { NotSupported } from '../../core/errors.ts'
import { rows } from '../../core/text/text.ts'
import type { MachineDifference } from './machine-difference.ts'

/** What wrapper/luks.nix says. */
export const luksSchema = z.object({
  files: z.array(z.string()),
  typed: z.number().int().nonnegative(),
  asked: z.array(z.string()),
  console: z.string().nullable(),
  systemd: z.boolean(),
  unfit: z.array(z.string()),
})
type EvaluatedLuks = z.infer<typeof luksSchema>

export interface LuksPlan {
  /** Files in the machine that installs, which hold the passphrase while disks are laid out. */
  readonly files: readonly string[]
  /** How many passphrases its script asks for. */
  readonly typed: number
  /** Parts of what the host prints when it asks at its boot. */
  readonly prompts: readonly string[]
  /** What its kernel must be told besides to ask where it is heard. */
  readonly kernelParameters?: string
}

/** @throws NotSupported for a key that is not here, or a question that nothing hears */
export function luksPlan(host: string, luks: EvaluatedLuks, loader: { readonly systemdBoot: boolean }): LuksPlan {
  const { files, typed, asked, systemd } = luks
  const [stray] = files.filter(file => file.startsWith('/dev/'))
  const unfit = [...luks.unfit, ...(stray === undefined ? [] : [`a key that lies on a device, ${stray}`])]
  if (unfit.length > 0) throw notUnlocked(host, unfit.join('; '), 'a passphrase: passwordFile, or askPassword')
  const prompts = systemd ? (asked.length > 0 ? [SYSTEMD_ASKS] : []) : asked.map(device => `Passphrase for ${device}`)
  if (prompts.length === 0 || isSerial(luks.console)) return { files, typed, prompts }
  if (!loader.systemdBoot)
    throw notUnlocked(
      host,
      `it asks at ${luks.console ?? 'its screen'}`,
      'boot.kernelParams = [ "console=ttyS0" ], as the last console',
    )
  return { files, typed, prompts, kernelParameters: SERIAL }
}

/** For the report: what the kernel is told besides the host's own parameters. */
export const luksDifferences = ({ kernelParameters }: LuksPlan): MachineDifference[] =>
  kernelParameters === undefined
    ? []
    : [
        {
          option: 'boot.kernelParams',
          host: 'no serial console at the end',
          machine: `${kernelParameters} besides, by systemd-boot`,
          why: 'the passphrase of its disks is asked at the last console',
        },
      ]

/** systemd-cryptsetup; NixOS's own stage 1 names the device (nixos/modules/system/boot/luksroot.nix). */
const SYSTEMD_ASKS = 'enter passphrase for disk'
const SERIAL = 'console=ttyS0'
const isSerial = (console: string | null): boolean => console !== null && /^console=ttyS0(?:,|$)/.test(console)

const notUnlocked = (host: string, got: string, expected: string): NotSupported =>
  new NotSupported(
    `The disks of host "${host}" cannot be unlocked where it is installed on virtual ones\n${rows({ Expected: expected, Got: got })}`.trimEnd(),
  )
