import { NotSupported } from '../core/errors.ts'
import type { Given } from './commands.ts'

export async function doctor(_: Given): Promise<number> {
  throw new NotSupported('`nixcumber doctor` is not built yet')
}
