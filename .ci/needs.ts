import { existsSync } from 'node:fs'
import { execa } from 'execa'

/** What the tests need of the machine they run on, and Debian's package for it. nixcumber itself needs none of these. */
const NEEDS: Readonly<Record<string, string>> = {
  '/usr/sbin/sshd': 'openssh-server',
  '/usr/bin/ssh-agent': 'openssh-client',
  '/usr/bin/git': 'git',
  '/usr/bin/strace': 'strace',
  '/usr/bin/sudo': 'sudo',
  '/usr/sbin/ip': 'iproute2',
  '/usr/bin/pgrep': 'procps',
  '/usr/bin/curl': 'curl',
  '/usr/bin/ping': 'iputils-ping',
  '/usr/lib/systemd/systemd': 'systemd',
  '/usr/bin/dbus-daemon': 'dbus',
  '/usr/bin/python3': 'python3',
  '/usr/bin/chromium': 'chromium',
  '/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf': 'fonts-dejavu-core',
  '/usr/bin/pdftotext': 'poppler-utils',
}

/** Installs what is missing, as root on Debian; elsewhere says what to install, and ends all. */
export async function provideNeeds(): Promise<void> {
  const missing = Object.entries(NEEDS)
    .filter(([file]) => !existsSync(file))
    .map(([, name]) => name)
  if (missing.length === 0) return
  console.log(`installing for the tests: ${missing.join(', ')}`)
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  for (const words of [
    ['update', '-qq'],
    ['install', '-y', '-qq', '--no-install-recommends', ...missing],
  ]) {
    const { exitCode } = await execa('apt-get', words, { env, stdio: ['ignore', 'ignore', 'inherit'], reject: false })
    if (exitCode === 0) continue
    console.error(`FAILED  apt-get ${words[0]}; the tests need ${missing.join(', ')}`)
    process.exit(1)
  }
}
