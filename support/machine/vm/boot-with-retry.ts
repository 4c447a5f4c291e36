import type { Progress } from '../../core/progress.ts'
import { QemuLost } from './messages.ts'

/** QEMU was seen to abort by itself once in eleven boots, and the same image to boot right after: one more try, shown. */
export async function bootWithRetry<T>(boot: (attempt: number) => Promise<T>, progress: Progress): Promise<T> {
  try {
    return await boot(1)
  } catch (error) {
    if (!(error instanceof QemuLost)) throw error
    progress.note(`${error.message.split('\n', 1)[0]}; trying once more`)
    return boot(2)
  }
}
