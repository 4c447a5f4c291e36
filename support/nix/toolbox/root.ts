import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { join } from 'node:path'

/** Makes an unpacked set of packages fit to run programs in: the few files that Debian's package scripts would have made. */
export async function finishRoot(root: string): Promise<void> {
  const etc = join(root, 'etc')
  await mkdir(join(etc, 'ssl/certs'), { recursive: true })
  await writeFile(join(etc, 'ssl/certs/ca-certificates.crt'), await certificates(root))
  await writeFile(
    join(etc, 'passwd'),
    `root:x:0:0:root:/root:/bin/bash\n${self()}nobody:x:65534:65534:nobody:/:/bin/false\n`,
  )
  await writeFile(join(etc, 'group'), 'root:x:0:\nkvm:x:104:\nnogroup:x:65534:\n')
  await writeFile(join(etc, 'nsswitch.conf'), 'passwd: files\ngroup: files\nhosts: files dns\n')
  // Places to bind the host's own files over.
  for (const file of ['resolv.conf', 'hosts']) await writeFile(join(etc, file), '')
  await symlink('gawk', join(root, 'usr/bin/awk'))
}

/** Nix and ssh ask for the name of who runs them, and ssh looks for keys in the home that is written here. */
function self(): string {
  const { uid, gid, username, homedir } = userInfo()
  return uid === 0 ? '' : `${username}:x:${uid}:${gid}::${homedir}:/bin/bash\n`
}

/** Every certificate that Debian trusts, in one text. */
export async function certificates(root: string): Promise<string> {
  const folder = join(root, 'usr/share/ca-certificates/mozilla')
  const files = (await readdir(folder)).filter(name => name.endsWith('.crt')).sort()
  return (await Promise.all(files.map(name => readFile(join(folder, name), 'utf8')))).join('')
}
