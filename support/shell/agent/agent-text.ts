import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export const AGENT_FILE = join(import.meta.dirname, 'agent.sh')
const NET_FILE = join(import.meta.dirname, 'net.sh')

/** A word of shell text that reads the agent from standard input and becomes it; on a command line every `pgrep -f` in the machine would find it. */
export interface AgentLoad {
  readonly loader: string
  /** To be sent first. */
  readonly text: Buffer
}

export function agentLoad(): AgentLoad {
  const text = withoutComments(AGENT_FILE)
  return { loader: reading(text), text }
}

/** The same inside the kernel's net, where that can be had: the net is read first, and reads the agent. */
export function confinedAgentLoad(): AgentLoad {
  const net = withoutComments(NET_FILE)
  const agent = withoutComments(AGENT_FILE)
  return { loader: `nc_agent=${agent.length}; ${reading(net)}`, text: Buffer.concat([net, agent]) }
}

const withoutComments = (file: string): Buffer => Buffer.from(readFileSync(file, 'utf8').replace(/^ *#.*\n/gm, ''))

const reading = ({ length }: Buffer): string =>
  `IFS= read -r -N ${length} nc_text; nc_lang=\${LC_ALL-}; eval "$nc_text"`
