import { LocalShell } from './local.ts'
import { shellContract } from './testing/contract.ts'

shellContract('the local shell', async () => {
  const shell = new LocalShell()
  return { shell, [Symbol.asyncDispose]: () => shell[Symbol.asyncDispose]() }
})
