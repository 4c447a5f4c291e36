const TROUBLE =
  /\b(error|fail|failed|fatal|denied|cannot|can't|refused|no such|not found|already in use|invalid|unknown|timed out)\b/i
/** systemd's own account of a failure says nothing that the facts did not say already. */
const COMMONPLACE =
  /systemd\[\d+\]: (?:(?!systemd\[\d+\]: ).)*?(Failed with result|Main process exited|Scheduled restart|Failed to start|Start request repeated)/

/** The newest line of a journal (short-monotonic) that tells what is wrong, without its time. */
export function findErrorLine(journal: string): string | undefined {
  const line = journal.split('\n').findLast(text => TROUBLE.test(text) && !COMMONPLACE.test(text))
  return line
    ?.replace(/^\[\s*[\d.]+\]\s+/, '')
    .replace(/^\S+ (?=\S+\[\d+\]: )/, '')
    .trim()
}
