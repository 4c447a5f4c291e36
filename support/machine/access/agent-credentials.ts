/**
 * The way into a system that knows nothing of nixcumber and is not changed by it: its systemd takes nixcumber's agent, a unit that starts it,
 * and a wish for that unit from the firmware's tables (systemd.system-credentials(7); systemd 256 and newer).
 */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AGENT_FILE } from '../../shell/agent/agent-text.ts'

const PORT = '/dev/virtio-ports/nixcumber'
const AGENT = 'nixcumber.agent'

/** As the harness has it in its module, but for where the program comes from. %d is the folder of the unit's credentials (systemd.unit(5)). */
const UNIT = `[Unit]
Description=nixcumber's end of the harness port
StartLimitIntervalSec=0

[Service]
ImportCredential=${AGENT}
Environment=PATH=/run/wrappers/bin:/run/current-system/sw/bin
ExecStart=/run/current-system/sw/bin/bash %d/${AGENT} ${PORT}
Restart=always
RestartSec=250ms
KillMode=process
OOMPolicy=continue
`

const WISH = `[Unit]
Wants=nixcumber-agent.service
`

/** Writes them into the folder and gives QEMU's arguments: files, because a command line can be read by everyone and has an end. */
export async function agentCredentials(dir: string): Promise<string[]> {
  const agent = `until [[ -c ${PORT} ]]; do sleep 0.1; done\n${await readFile(AGENT_FILE, 'utf8')}`
  const credentials = {
    [AGENT]: agent,
    'systemd.extra-unit.nixcumber-agent.service': UNIT,
    'systemd.unit-dropin.multi-user.target~nixcumber': WISH,
  }
  const options: string[] = []
  for (const [name, content] of Object.entries(credentials)) {
    const file = join(dir, `${name}.credential`)
    await writeFile(file, `io.systemd.credential.binary:${name}=${Buffer.from(content).toString('base64')}`)
    // OEM strings, where systemd looks for them.
    options.push('-smbios', `type=11,path=${file}`)
  }
  return options
}
