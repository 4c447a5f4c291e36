/** Text without what changes from run to run: two failures with the same cause then read alike. Pure. */

const VOLATILE: readonly (readonly [RegExp, string])[] = [
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, 'UUID'],
  [/\/nix\/store\/[0-9a-z]{32}-/g, '/nix/store/HASH-'],
  [/\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:Z|[+-]\d\d:?\d\d)?/g, 'TIME'],
  [/\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [ \d]\d \d\d:\d\d:\d\d\b/g, 'TIME'],
  [/\b\d\d:\d\d:\d\d(?:\.\d+)?\b/g, 'TIME'],
  [/\b(?:\d+ h |\d+ min )?\d+(?:\.\d+)? (?:ms|s|min|h)\b/g, 'DURATION'],
  [/\[\d+\](?=:)/g, '[PID]'],
  [/\b(pid|PID|process) \d+/g, '$1 PID'],
  [/:(?:3[3-9]\d{3}|32[89]\d{2}|3277[0-9]|3276[89]|[45]\d{4}|6[0-5]\d{3})\b/g, ':PORT'],
  [/\b\d+ looks?\b/g, 'LOOKS'],
]

/** @param machine its name is not what tells two hosts' failures apart */
export function normalize(text: string, machine?: string): string {
  const plain = VOLATILE.reduce((rest, [pattern, word]) => rest.replaceAll(pattern, word), text)
  return machine === undefined
    ? plain
    : plain.replaceAll(new RegExp(`(?<![\\w.-])${escaped(machine)}(?![\\w-])`, 'g'), 'MACHINE')
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
