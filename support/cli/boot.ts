import { NotSupported } from '../core/errors.ts'
import type { Given } from './commands.ts'

export async function boot(_: Given): Promise<number> {
  throw new NotSupported('`nixcumber boot` is not built yet')
}
