/** The page on which a person reads what is about to be wiped. Pure. */
import type { Deed } from '../../../deploy/confirm.ts'
import { shownDisks } from '../../../deploy/install/disk-page.ts'
import { told } from '../../../deploy/install/installer.ts'
import type { OwnSsh } from '../../../deploy/own-ssh.ts'
import { REHEARSAL } from '../../../gate/verdict.ts'
import type { SeenOnDisk } from './install-look.ts'
import type { PreparedInstall } from './install-prepare.ts'
import type { Judged } from './prepared.ts'

export function installDeed(
  { host, anywhere, tarball, live }: PreparedInstall,
  { document, file }: Judged,
  { address, fingerprint }: Pick<OwnSsh, 'address' | 'fingerprint'>,
  { facts, said, installer }: SeenOnDisk,
): Deed {
  const { word, level, toplevel, target } = document
  const wiped = Object.values(target?.disks ?? {}).map(({ path }) => path)
  return {
    ...{ host, how: 'install', address, fingerprint, rehearsal: word === REHEARSAL },
    details: {
      'Calls itself': told(facts.hostName),
      'Runs now': said,
      Disks: told(facts.disks, disks => shownDisks(disks, wiped)),
      Installer: installer ? 'it runs one already' : tarball && `${tarball.file}\n${tarball.sha256}`,
      'Will run': `${toplevel.path}\ncontents ${toplevel.contents}`,
      By: anywhere.from,
      'Not asked': live.notes.join('\n'),
      Verdict: `${word}, level ${level}: ${file}`,
    },
  }
}
