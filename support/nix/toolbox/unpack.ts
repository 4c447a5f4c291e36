import { mkdir } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { ProgressTask } from '../../core/progress.ts'
import { plural } from '../../core/text/text.ts'
import { program } from './program.ts'

/** Which files a Debian package brought, absolute, folders left out. */
export type Manifest = Readonly<Record<string, readonly string[]>>

/** Unpacks packages over each other without running their scripts: no root, no chroot, and nothing depends on the order. */
export async function unpack(debs: readonly string[], root: string, task: ProgressTask): Promise<Manifest> {
  await prepareMergedUsr(root)
  const manifest: Record<string, string[]> = {}
  const queue = [...debs]
  const worker = async (): Promise<void> => {
    for (let deb = queue.pop(); deb; deb = queue.pop()) {
      task.update(`unpacking, ${plural(queue.length, 'package')} to go`)
      // base-files brings /bin -> usr/bin and its like, which lie there already for those that are unpacked before it.
      const listing = await program(['dpkg-deb', '-X', deb, root], { failure: `${deb} could not be unpacked` })
      manifest[packageOf(deb)] = listing
        .split('\n')
        .filter(line => line && !line.endsWith('/'))
        .map(line => line.replace(/^\.?\/?/, '/'))
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, worker))
  return manifest
}

const packageOf = (deb: string): string => deb.replace(/^.*\//, '').replace(/_.*/, '')

async function prepareMergedUsr(root: string): Promise<void> {
  for (const folder of ['bin', 'sbin', 'lib', 'lib64']) {
    await mkdir(join(root, 'usr', folder), { recursive: true })
    await program(['ln', '-sfn', `usr/${folder}`, join(root, folder)], { failure: `${root} could not be written` })
  }
}
