import { shellContract } from './contract.ts'
import { Loopback } from './loopback.ts'
import { SerialShell } from './serial.ts'

shellContract(
  'the serial shell',
  async () => {
    const loopback = await Loopback.start()
    const shell = SerialShell.open({ socketPath: loopback.socketPath })
    return {
      shell,
      sever: () => loopback.sever(),
      reboot: () => loopback.reboot(),
      async [Symbol.asyncDispose]() {
        await shell[Symbol.asyncDispose]()
        await loopback[Symbol.asyncDispose]()
      },
    }
  },
  { trouble: ['cut', 'reboot'] },
)
