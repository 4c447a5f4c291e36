import { NotSupported } from '../core/errors.ts'
import type { Given } from './commands.ts'

export async function clean(_: Given): Promise<number> {
  throw new NotSupported('`nixcumber clean` is not built yet')
}
