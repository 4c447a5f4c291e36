import { EnvironmentBroken } from '../../core/errors.ts'
import { rows } from '../../core/text/text.ts'

/**
 * Trees of programs that machines of the look-alikes would need besides the base: there are none yet, so such a host is evaluated and not booted.
 * @throws EnvironmentBroken when the machine needs one
 */
export function requireNoTrees(host: string, names: readonly string[]): void {
  if (names.length === 0) return
  throw new EnvironmentBroken(
    `Host "${host}" cannot be booted offline: the look-alike has options of ${names.join(', ')} and not its programs\n${rows(
      {
        Next: 'run without --offline; what evaluation tells of the host holds here as well',
      },
    )}`.trimEnd(),
  )
}
