import { spawn } from 'node:child_process'
import { Duplex } from 'node:stream'
import type { Command, CommandResult } from '../core/command.ts'
import { EnvironmentBroken } from '../core/errors.ts'
import { AGENT_FILE } from './agent/agent-text.ts'
import { AgentShell } from './agent-shell.ts'
import type { RunLimits, Shell } from './shell.ts'

/** Commands on the runner itself, by the same agent as in a machine: a command means the same everywhere. */
export class LocalShell implements Shell {
  readonly transport = 'local'
  readonly #framed = new AgentShell(async () => startAgent())

  run(command: Command, limits: RunLimits): Promise<CommandResult> {
    return this.#framed.run(command, limits)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#framed.close()
  }
}

/** The agent leaves by itself at the end of its input, so it cannot outlive the runner. */
function startAgent(): Duplex {
  const agent = spawn('bash', [AGENT_FILE, '-'], { stdio: ['pipe', 'pipe', 'ignore'], detached: true })
  const stream = Duplex.from({ readable: agent.stdout, writable: agent.stdin })
  agent.once('error', error => stream.destroy(new EnvironmentBroken(`No bash on the runner: ${error.message}`)))
  return stream
}
