/**
 * Every program that is known to look, at least with some of its words. What stands in none of these tables changes something.
 *
 * To add one: the table of its kind; a row for each way it is used to look, and one for each way it acts, in looks.test.ts and changes.test.ts.
 * Its manual says what its options do: an option that writes, runs another program or goes to another host is not named here.
 */
import type { Programs } from '../rule/rule.ts'
import { CONTAINERS } from './containers.ts'
import { FILES } from './files.ts'
import { GIT } from './git.ts'
import { HARDWARE } from './hardware.ts'
import { NETWORK } from './network/network.ts'
import { NIX } from './nix.ts'
import { PACKAGES } from './packages.ts'
import { BUILTINS } from './running/builtins.ts'
import { WRAPPERS } from './running/wrappers.ts'
import { SERVICES } from './services.ts'
import { STORAGE } from './storage.ts'
import { SYSTEM } from './system.ts'
import { SYSTEMD } from './systemd.ts'
import { TEXT } from './text.ts'

export const PROGRAMS: Programs = {
  ...BUILTINS,
  ...WRAPPERS,
  ...FILES,
  ...TEXT,
  ...SYSTEM,
  ...SYSTEMD,
  ...HARDWARE,
  ...STORAGE,
  ...NETWORK,
  ...NIX,
  ...GIT,
  ...CONTAINERS,
  ...SERVICES,
  ...PACKAGES,
}
