import { spawn } from 'node:child_process'
import { Duplex } from 'node:stream'
import { AGENT_FILE } from '../agent/agent-text.ts'
import { AgentShell } from '../agent-shell.ts'

/** The agent on the runner as another machine would run it: by this bash, with these programs before all others. */
export const localAgent = ({ bash = 'bash', path }: { readonly bash?: string; readonly path: string }): AgentShell =>
  new AgentShell(async () => {
    const env = { ...process.env, PATH: path }
    const agent = spawn(bash, [AGENT_FILE, '-'], { stdio: ['pipe', 'pipe', 'ignore'], detached: true, env })
    return Duplex.from({ readable: agent.stdout, writable: agent.stdin })
  })
