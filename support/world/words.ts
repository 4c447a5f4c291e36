import { refuse } from '../core/refusal.ts'

const SUFFIXES = /\.(service|socket|timer|target|mount|automount|path|swap|slice|scope|device)$/

/** The full name of a unit. @throws UsageError for what systemd does not allow in a unit's name (systemd.unit(5)) */
export function readUnit(name: string): string {
  const full = SUFFIXES.test(name) ? name : `${name}.service`
  if (/^[A-Za-z0-9:_.\\@-]{1,255}$/.test(full) && name !== '' && !name.startsWith('-')) return full
  throw refuse({
    what: `"${name}" cannot be the name of a unit`,
    expected: 'letters, digits and : _ . \\ @ - only, as in "sshd" or "backup.timer"',
    got: name,
    next: 'systemd-escape prints how other characters are written',
  })
}
