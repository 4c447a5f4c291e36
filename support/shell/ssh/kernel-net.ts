/** What is known of the kernel's net around an agent (agent/net.sh): it says so on standard error before the agent speaks. */

/** Whether changes are kept off by the kernel too; when not, why. */
export interface KernelNet {
  readonly holds: boolean
  readonly why?: string
}

/** `reader`: what is sent was read and known to only look. `kernel`: whatever is sent, the kernel refuses to change anything. */
export type Net = 'reader' | 'kernel'

interface ErrorStream {
  on(event: 'data', listener: (bytes: Buffer) => void): unknown
}

const WORD = /^nixcumber-net (?:(holds)|none: ?(.*))$/m
/** More is never said there before it. */
const KEPT = 16_384

/** Calls once, with the first word of the net. */
export function hearNet(stderr: ErrorStream, tell: (net: KernelNet) => void): void {
  let said = ''
  let isTold = false
  stderr.on('data', bytes => {
    if (isTold || said.length > KEPT) return
    said += bytes.toString()
    const [, holds, why] = WORD.exec(said.slice(0, said.lastIndexOf('\n') + 1)) ?? []
    if (holds === undefined && why === undefined) return
    isTold = true
    tell(holds ? { holds: true } : { holds: false, why: why || 'the kernel refused it' })
  })
}

/** Why there is no net around a user who is not root (agent/net.sh). */
export const NOT_ROOT = 'not root'
