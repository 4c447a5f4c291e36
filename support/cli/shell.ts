import { NotSupported } from '../core/errors.ts'
import type { Given } from './commands.ts'

export async function shell(_: Given): Promise<number> {
  throw new NotSupported('`nixcumber shell` is not built yet')
}
