import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export const AGENT_FILE = join(import.meta.dirname, 'agent.sh')

/** A word of shell text that reads the agent from standard input and becomes it; on a command line every `pgrep -f` in the machine would find it. */
export interface AgentLoad {
  readonly loader: string
  /** To be sent first. */
  readonly text: Buffer
}

export function agentLoad(): AgentLoad {
  const text = Buffer.from(readFileSync(AGENT_FILE, 'utf8').replace(/^ *#.*\n/gm, ''))
  return { loader: `IFS= read -r -N ${text.length} nc_text; nc_lang=\${LC_ALL-}; eval "$nc_text"`, text }
}
