import type { Console } from '../../console/console.ts'
import type { BootContext, Machine } from '../machine.ts'
import { bridgePath, openBridge, tellSize } from '../runtime/console-bridge.ts'
import { publish } from '../runtime/running-machines.ts'

/** Publishes the machine for `nixcumber shell`. Gives the function that withdraws it. Only machines of this run have a console. */
export async function publishMachine(
  machine: Machine,
  console: Console,
  { runtimeDir: stateDir }: BootContext,
): Promise<() => void> {
  const { name, plan } = machine
  const bridge = bridgePath(stateDir)
  const close = await openBridge(bridge, console, size => tellSize(machine, size))
  const isClosed = plan.sshd === false || (plan.sshForbidden ?? []).length > 0
  const identity = isClosed ? undefined : plan.identityFile
  const port = plan.sshPort ?? 22
  const address = identity === undefined ? undefined : await machine.reachable(port).catch(() => undefined)
  const ssh = address && identity !== undefined ? { ssh: { ...address, identity } } : {}
  publish(stateDir, {
    name,
    runner: process.pid,
    folder: process.cwd(),
    ...ssh,
    console: bridge,
    transcriptFile: console.transcriptFile,
    since: Date.now(),
  })
  return close
}
