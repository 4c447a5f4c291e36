import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { newSshKey, publicHalf } from '../core/values/ssh-key.ts'

export interface Identity {
  /** Private key, readable by its owner alone. */
  readonly file: string
  /** One line for authorized_keys. */
  readonly publicKey: string
}

/**
 * The key of our own that opens the machines we boot; never one of the user's. It lives in the cache and not in the run,
 * because it is part of the built system: a new key every time would be a new system every time. A pair that is damaged, or whose
 * halves are not one key, opens nothing and is made anew.
 */
export async function identity(cacheDir: string): Promise<Identity> {
  const folder = join(cacheDir, 'identity')
  const file = join(folder, 'id_ed25519')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  if ((await readPair(file)) === undefined) await create(file)
  const publicKey = await readPair(file)
  if (publicKey === undefined) throw new Error(`The key just made is not there: ${file}`)
  return { file, publicKey }
}

/** The public half of a pair that is sound. */
async function readPair(file: string): Promise<string | undefined> {
  try {
    const [secret, open] = await Promise.all([readFile(file, 'utf8'), readFile(`${file}.pub`, 'utf8')])
    const sameKey = publicHalf(secret) === open.trim().split(' ')[1]
    if (!sameKey) return undefined
    // ssh refuses a key that others may read.
    await chmod(file, 0o600)
    return open.trim()
  } catch {
    return undefined
  }
}

/** The public half goes last and by rename: where it is, the private one is too. Two runners at once: the later wins whole. */
async function create(file: string): Promise<void> {
  const pair = newSshKey()
  const draft = `${file}.${process.pid}`
  await writeFile(draft, pair.private, { mode: 0o600 })
  await rename(draft, file)
  await writeFile(`${draft}.pub`, `${pair.public}\n`)
  await rename(`${draft}.pub`, `${file}.pub`)
}
