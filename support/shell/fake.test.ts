import { FakeShell } from './fake.ts'
import { LocalShell } from './local.ts'
import { shellContract } from './testing/contract.ts'

shellContract('the fake shell in front of the runner', async () => {
  const local = new LocalShell()
  const shell = new FakeShell((command, limits) => local.run(command, limits))
  return { shell, [Symbol.asyncDispose]: () => local[Symbol.asyncDispose]() }
})
