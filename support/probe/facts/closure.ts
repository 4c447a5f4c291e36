import { sh } from '../../core/command.ts'
import { lines } from '../sections.ts'
import { type Section, sorted } from './section.ts'

const READ_ONLY = [
  ...['--store', 'local?read-only=true'],
  ...['--extra-experimental-features', 'read-only-local-store'],
]

/**
 * Everything that the active system consists of. Since 2.17 Nix can look into its database without a lock and without its index of
 * what is in memory (db.sqlite-shm), which a plain query writes; an older one is asked plainly.
 */
export const closureSection: Section = {
  name: 'closure',
  tool: 'nix-store',
  command: sh`
system=$(readlink -f /run/current-system)
case $system in /nix/store/*) ;; *) echo 'there is no active system of NixOS'; exit 77 ;; esac
paths=$(nix-store ${READ_ONLY} --query --requisites "$system" 2>/dev/null) ||
  paths=$(nix-store --query --requisites "$system") || exit
printf '%s\n' "$paths" | sed 's,^/nix/store/[^-]*-,,' | sort -u`,
  parse(text) {
    const versions = new Map<string, Set<string>>()
    for (const line of lines(text)) {
      const { name, version } = nameAndVersion(line)
      if (version === '') continue
      versions.set(name, (versions.get(name) ?? new Set()).add(version))
    }
    return sorted([...versions].map(([name, found]) => [name, [...found].sort().join(', ')]))
  },
}

const OUTPUT =
  /-(?:bin|dev|lib|libs|out|man|doc|info|debug|data|dist|env|modules|getent|terminfo|nss|login|mount|swap|udev|dnsutils|host|xz|static)$/

/**
 * A name ends at the first hyphen with a digit behind it, much as Nix has it (builtins.parseDrvName). Several outputs of one package are one.
 * What has no version (units, files of /etc) is known by other facts.
 */
function nameAndVersion(path: string): { name: string; version: string } {
  const end = path.search(/-\d/)
  if (end <= 0 || path.startsWith('etc-')) return { name: path, version: '' }
  return { name: path.slice(0, end), version: path.slice(end + 1).replace(OUTPUT, '') }
}
