/** The image of a machine's store: made once for its contents, and shared, read-only, by every QEMU that begins with them. */
import { open, symlink, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { EnvironmentBroken } from '../../core/errors.ts'
import type { Progress } from '../../core/progress.ts'
import { formatBytes } from '../../core/text/bytes.ts'
import { rows, tail } from '../../core/text/text.ts'
import { systemClock } from '../../core/time/clock.ts'
import { formatDuration, minutes } from '../../core/time/duration.ts'
import { withTimeout } from '../../core/time/with-timeout.ts'
import { buildOnce } from '../../nix/toolbox/build-once.ts'
import type { MachineTools } from '../../nix/toolchain.ts'
import { ProcessGroup } from '../runtime/process-group.ts'
import { IMAGE, removeOldImages, storesOf } from './old-images.ts'

/** What a plan knows of it. */
export interface PlannedStoreImage {
  /** Store path of a folder with the program `make`, which writes the image to the path that it is given. */
  readonly maker: string
  /** Equal for equal contents. */
  readonly key: string
  /** Of what will be in it; the image is about as large. */
  readonly bytes: number
}

export interface StoreImageSurroundings {
  /** nixcumber's cache folder. */
  readonly cache: string
  /** What runs in it is ended with the run, however that ends. */
  readonly runtimeDir: string
  readonly tools: MachineTools
  readonly progress: Progress
  readonly signal?: AbortSignal | undefined
}

export interface StoreImageFile {
  readonly path: string
  /** For the record: how large, and how long it took to make it. */
  readonly about: string
}

/**
 * The image, which is made when it is not there. Of runs at once one makes it, the others wait.
 * @throws EnvironmentBroken when it cannot be made: a full disk
 */
export async function storeImage(
  name: string,
  planned: PlannedStoreImage,
  { cache, runtimeDir, tools, progress, signal }: StoreImageSurroundings,
): Promise<StoreImageFile> {
  const folder = folderOf(cache, planned)
  const size = formatBytes(planned.bytes)
  const made = { path: join(folder, IMAGE), about: `${size}, made before` }
  if (await use(folder)) return made
  let took: string | undefined
  const recipe = {
    what: `the store image of ${name}, ${size}`,
    // An erofs has a little more of each file than an archive of Nix.
    needsBytes: planned.bytes * 1.1,
    signal,
    async build(draft: string) {
      await removeOldImages(cache)
      const begun = systemClock.now()
      await write(join(draft, IMAGE), name, { planned, runtimeDir, tools, signal })
      took = `${((systemClock.now() - begun) / 1000).toFixed(1)} s`
    },
  }
  await buildOnce(folder, recipe, progress)
  await use(folder)
  return took === undefined ? made : { ...made, about: `${size}, made in ${took}` }
}

/** For a machine that goes on with it as it was kept. */
export const useStoreImage = async (planned: PlannedStoreImage, cache: string): Promise<void> =>
  void (await use(folderOf(cache, planned)))

const folderOf = (cache: string, { key }: PlannedStoreImage): string => join(storesOf(cache), key)

/** By this it is known which ones are still used. False when it is not there. */
async function use(folder: string): Promise<boolean> {
  const now = new Date()
  return utimes(folder, now, now).then(
    () => true,
    () => false,
  )
}

/** A slow disk takes a minute for each gigabyte. */
const MAKING_TIME_MAX = minutes(60)

interface Making extends Pick<StoreImageSurroundings, 'runtimeDir' | 'tools' | 'signal'> {
  readonly planned: PlannedStoreImage
}

async function write(file: string, name: string, { planned, runtimeDir, tools, signal }: Making): Promise<void> {
  const argv = [join(planned.maker, 'make'), file] as const
  await using made = ProcessGroup.start(tools.wrap(argv, { cwd: '/', writable: [join(file, '..')] }), runtimeDir)
  const giveUp = (): void => void made[Symbol.asyncDispose]()
  signal?.addEventListener('abort', giveUp, { once: true })
  let said = ''
  for (const stream of [made.stdout, made.stderr])
    stream.on('data', (bytes: Buffer) => (said = `${said}${bytes}`.slice(-4096)))
  made.stdin.end()
  const tooLate = (): Error => notMade(name, `it took longer than ${formatDuration(MAKING_TIME_MAX)}\n${said}`)
  const { code } = await withTimeout(made.ended, MAKING_TIME_MAX, tooLate).finally(() =>
    signal?.removeEventListener('abort', giveUp),
  )
  signal?.throwIfAborted()
  if (code !== 0) throw notMade(name, made.failure ?? said)
  await settle(file)
}

/** A power cut must not leave a whole name on half an image. */
async function settle(file: string): Promise<void> {
  const handle = await open(file)
  await handle.sync().finally(() => handle.close())
}

const notMade = (name: string, said: string): EnvironmentBroken =>
  new EnvironmentBroken(
    `The store image of machine "${name}" could not be made\n${rows({ Said: tail(said, 10) })}`.trimEnd(),
  )

/** Puts a link into the folder of a QEMU: its options can have neither blanks nor commas, which the cache's path may. */
export const linkStoreImage = (image: string, dir: string): Promise<void> => symlink(image, join(dir, IMAGE))

/** QEMU's arguments for it. */
export const storeOptions = (dir: string): string[] => [
  ...['-drive', `file=${join(dir, IMAGE)},if=none,id=nix-store,format=raw,readonly=on`],
  ...['-device', 'virtio-blk-pci,drive=nix-store,serial=nix-store'],
]
