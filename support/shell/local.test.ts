import { shellContract } from './contract.ts'
import { LocalShell } from './local.ts'

shellContract('the local shell', async () => {
  const shell = new LocalShell()
  return { shell, [Symbol.asyncDispose]: () => shell[Symbol.asyncDispose]() }
})
