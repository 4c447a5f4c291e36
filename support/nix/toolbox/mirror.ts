import { EnvironmentBroken } from '../../core/errors.ts'
import { refuse } from '../../core/refusal.ts'
import { rows } from '../../core/text/text.ts'

/** A Debian archive: the URL above `dists` and `pool`. */
export interface Mirror {
  readonly url: string
  /** Where the choice comes from, for the doctor. */
  readonly from: string
}

/** @throws UsageError when the variable is no URL that apt can read. */
export function mirrorFromSetting(value: string): Mirror {
  if (!/^(https?|file|ftp):\/\/?[^\s[\]]+$/.test(value))
    throw refuse({ what: 'NIXCUMBER_DEBIAN_MIRROR is no URL', expected: 'http://host/debian', got: value })
  return { url: value.replace(/(?<!\/)\/+$/, ''), from: 'NIXCUMBER_DEBIAN_MIRROR' }
}

/**
 * The first Debian archive among the host's apt sources.
 * @param uris what `apt-get update --print-uris` says: it needs no downloaded lists.
 * @throws EnvironmentBroken when the host is no Debian and names none.
 */
export function mirrorFromApt(uris: string): Mirror {
  const archives = [...uris.matchAll(/^'(\S+?)\/dists\/[^/']+\/(?:In)?Release'/gm)].map(([, url = '']) => url)
  const debian = archives.find(url => /\/debian$/.test(url))
  if (debian) return { url: debian, from: "the host's apt sources" }
  throw new EnvironmentBroken(
    `No Debian archive is known to make the toolbox from\n${rows({
      Expected: 'an apt source whose address ends in /debian',
      Got: archives.join('\n') || 'no apt sources',
      Next: 'export NIXCUMBER_DEBIAN_MIRROR=http://<mirror>/debian',
    })}`.trimEnd(),
  )
}
