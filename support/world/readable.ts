/** How the words of a pattern are shown to people: in the catalogue of sentences. */
const SHOWN: Readonly<Record<string, string>> = {
  tail: '[ on "MACHINE"][ within DURATION | now]',
  place: '[ on "MACHINE"]',
  stream: '[ to standard error]',
  unit: '"UNIT"',
  'unit-state': 'active|inactive|failed|enabled|disabled|masked',
  'unit-verb': 'started|stopped|restarted|reloaded',
  file: '[secret ]file "PATH"',
  path: '"PATH"',
  mode: '"MODE"',
  port: 'tcp|udp port NUMBER',
  url: '"URL"',
  pattern: '"REGEX"',
  duration: 'DURATION',
  string: '"TEXT"',
  int: 'NUMBER',
}

/** `service {unit} is {unit-state}{tail}` as `service "UNIT" is active|… [on "MACHINE"] …`. */
export const readable = (pattern: string): string =>
  pattern.replace(/\{([^}]*)\}/g, (whole, name: string) => SHOWN[name] ?? whole)
