import { NotSupported } from '../core/errors.ts'
import type { Given } from './commands.ts'

export async function init(_: Given): Promise<number> {
  throw new NotSupported('`nixcumber init` is not built yet')
}
