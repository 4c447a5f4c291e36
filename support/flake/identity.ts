import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { newSshKey } from '../core/ssh-key.ts'

export interface Identity {
  /** Private key, readable by its owner alone. */
  readonly file: string
  /** One line for authorized_keys. */
  readonly publicKey: string
}

/**
 * The key of our own that opens the machines we boot; never one of the user's. It lives in the cache and not in the run,
 * because it is part of the built system: a new key every time would be a new system every time.
 */
export async function identity(cacheDir: string): Promise<Identity> {
  const folder = join(cacheDir, 'identity')
  const file = join(folder, 'id_ed25519')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  if ((await readPublic(file)) === undefined) await create(file)
  const publicKey = await readPublic(file)
  if (publicKey === undefined) throw new Error(`The key just made is not there: ${file}`)
  return { file, publicKey }
}

const readPublic = (file: string): Promise<string | undefined> =>
  readFile(`${file}.pub`, 'utf8').then(
    text => text.trim(),
    () => undefined,
  )

/** The public half goes last and by rename: whoever finds it finds the private one. Two runners at once: the later wins whole. */
async function create(file: string): Promise<void> {
  const pair = newSshKey()
  const draft = `${file}.${process.pid}`
  await writeFile(draft, pair.private, { mode: 0o600 })
  await rename(draft, file)
  await writeFile(`${draft}.pub`, `${pair.public}\n`)
  await rename(`${draft}.pub`, `${file}.pub`)
}
