/** Commands inside a word: `$(…)`, `<(…)`, backticks. */

import { printsNumbers } from './number-output.ts'
import { processNumbers } from './process-numbers.ts'
import type { Reading } from './reading.ts'
import { type Call, type Findings, literal, type Printed, type Word } from './script.ts'

const set = (names: string): ReadonlySet<string> => new Set(names.trim().split(/\s+/))

/** Programs that print no bracket unless one stands in their words or in what they read. */
const FAITHFUL = set(`
  cat head tail wc nl cut paste sort uniq comm join fold column tac rev grep egrep fgrep zgrep sed awk gawk mawk tr echo expr seq bc numfmt
  ls stat readlink realpath basename dirname du df find findmnt lsblk blkid mountpoint test [ [[ true false : pwd cd sleep wait exit return
  ps pgrep pidof uptime whoami id who w last nproc free vmstat iostat uname arch date hostname getent getconf lscpu lsmod lspci lsusb nvidia-smi
  systemctl journalctl loginctl timedatectl hostnamectl resolvectl networkctl systemd-detect-virt bootctl udevadm dmesg sysctl
  ip ss netstat ethtool iptables ip6tables nft wg ping dig host curl wget lsof fuser sensors smartctl nvme hdparm swapon mount
  zfs zpool btrfs lvs vgs pvs mdadm cryptsetup blockdev sha256sum sha1sum md5sum sha512sum b2sum cksum sum
  nixos-version nix-store nix-env psql mysql mysqladmin sqlite3 redis-cli chronyc postqueue mailq kill command type which printenv`)
/** They run what follows them. */
const RUNNERS = set('sudo doas env timeout nice ionice nohup stdbuf time runuser xargs command')
/** They make characters out of others, whatever runs them. */
const TRANSLATORS =
  /^(base\d\w*|xxd|od|openssl|jq|yq|iconv|recode|gzip|python\S*|perl|ruby|(ba|da)?sh|git|docker|podman|nerdctl|kubectl|rpm)$/
export function readSubstitution(reading: Reading, end: ')' | 'end' = ')'): Printed {
  const { cursor, findings } = reading
  const from = cursor.at
  const before = findings.calls.length
  reading.commands(cursor, end)
  const text = cursor.text.slice(from, end === ')' ? cursor.at - 1 : cursor.at)
  const calls = findings.calls.slice(before)
  return {
    tame: printsNumbers(calls, findings),
    faithful: !/[[\]`\\]/.test(text) && calls.every(call => isFaithful(call, findings)),
    calls,
    processes: processNumbers(text, calls, findings),
  }
}

const named = (word: Word): string | undefined => literal(word)?.replace(/^.*\//, '')

function isFaithful({ words: [program, ...args] }: Call, { functions }: Findings): boolean {
  if (!program) return true
  const name = named(program) ?? ''
  if (functions.has(name)) return false
  const names = args.map(word => named(word) ?? '')
  if (names.some(word => TRANSLATORS.test(word))) return false
  const raws = args.map(({ raw }) => raw)
  // what is deleted makes nothing; awk makes characters of numbers by `%c`
  if (name === 'tr') return /^-[cC]?d[cC]?$/.test(raws[0] ?? '')
  if (/awk$/.test(name)) return raws.every(raw => !raw.includes('%'))
  return FAITHFUL.has(name) || (RUNNERS.has(name) && names.some(word => FAITHFUL.has(word) && !/^tr$|awk$/.test(word)))
}
