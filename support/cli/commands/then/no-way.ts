/** Tools that take no path: they evaluate the flake again, and what they bring is not what was judged. What does the same by path is told. Pure. */
import type { UsageError } from '../../../core/errors.ts'
import { refuse } from '../../../core/refusal.ts'
import type { SshPlan } from '../../../machine/machine.ts'

type There = Pick<SshPlan, 'host'> & Partial<Pick<SshPlan, 'user' | 'port'>>

const INSTALLS = ['disko-install']
const DEPLOYS = ['deploy', 'deploy-rs', 'colmena']
const EXPECTED = 'install, switch or rebuild'

/** @param there as it was given; its port and user are those of the advice */
export function noWay(then: string, there: There, host: string): UsageError {
  if (![...INSTALLS, ...DEPLOYS].includes(then))
    return refuse({ what: 'There is no such way onto a target', expected: EXPECTED, got: then })
  return refuse({
    what: `--then ${then} evaluates the flake again: what it brings would not be what was judged`,
    expected: EXPECTED,
    got: then,
    next: INSTALLS.includes(then) ? installed(there, host) : switched(there, host),
  })
}

const loginOf = ({ host, user = 'root' }: There): string => `ssh://${user}@${host.includes(':') ? `[${host}]` : host}`

const gate = (there: There, host: string, way: string): string =>
  `nixcumber gate ${host} --target ${loginOf(there)}${there.port === undefined ? '' : `:${there.port}`} --then ${way}`

/** Nix's stores by ssh take a port from NIX_SSHOPTS. */
const copy = (there: There, what: string): string =>
  `${there.port === undefined ? '' : `NIX_SSHOPTS='-p ${there.port}' `}nix copy --to ${loginOf(there)} ${what}`

const BY_HAND = 'or by hand, with the paths of the verdict:'

const installed = (there: There, host: string): string =>
  `${gate(there, host, 'install')}\n${BY_HAND} ${copy(there, 'SCRIPT SYSTEM')}; then there: SCRIPT && nixos-install --no-channel-copy --no-root-passwd --system SYSTEM`

const switched = (there: There, host: string): string =>
  `${gate(there, host, 'switch')}\n${BY_HAND} ${copy(there, 'SYSTEM')}; then there: nix-env -p /nix/var/nix/profiles/system --set SYSTEM && SYSTEM/bin/switch-to-configuration switch`
