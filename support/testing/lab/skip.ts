import { execFileSync } from 'node:child_process'
import { existsSync, readlinkSync } from 'node:fs'

const TOOLS = [
  ...['/usr/sbin/sshd', '/usr/lib/systemd/systemd', '/usr/bin/dbus-daemon', '/usr/sbin/ip'],
  ...[
    '/usr/bin/unshare',
    '/usr/bin/nsenter',
    '/usr/bin/setpriv',
    '/usr/bin/pgrep',
    '/usr/share/base-passwd/passwd.master',
  ],
]

/** For node:test's `skip`: why no host of the laboratory can boot on this computer, or false. */
export const labSkip: string | false = reason() ?? false

function reason(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'needs root on Linux'
  const missing = TOOLS.filter(tool => !existsSync(tool))
  if (missing.length > 0) return `needs ${missing.join(', ')} (Debian)`
  if (!isLink('/bin')) return 'needs a Debian whose /bin is a link to /usr/bin'
  try {
    const script =
      'mount -t tmpfs x /mnt && mkdir /mnt/u /mnt/w && mount -t overlay -o lowerdir=/usr,upperdir=/mnt/u,workdir=/mnt/w x /usr'
    execFileSync('unshare', ['-u', '-i', '-n', '-p', '-m', '-C', '-f', 'sh', '-c', script], { stdio: 'pipe' })
    return undefined
  } catch (error) {
    return `needs namespaces and overlayfs: ${String((error as { stderr?: Buffer }).stderr ?? error).trim()}`
  }
}

function isLink(path: string): boolean {
  try {
    return readlinkSync(path) !== ''
  } catch {
    return false
  }
}
