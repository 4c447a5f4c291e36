/**
 * The way into a system that knows nothing of nixcumber and is not changed by it: its systemd takes nixcumber's agent, a unit that starts it,
 * and a wish for that unit from the firmware's tables (systemd.system-credentials(7); systemd 256 and newer).
 */
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { placeFolder } from '../../core/files/place-folder.ts'
import { shortHash } from '../../core/text/short-hash.ts'
import { AGENT_FILE } from '../../shell/agent/agent-text.ts'

const PORT = '/dev/virtio-ports/nixcumber'
const AGENT = 'nixcumber.agent'
/** Tenths of a second for the port's driver; then the unit ends, and systemd starts it anew. */
const TRIES = 300

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

/** By name. */
async function credentials(): Promise<Readonly<Record<string, string>>> {
  return {
    [AGENT]: `for ((i = 0; i < ${TRIES}; i++)); do [[ ! -c ${PORT} ]] || break; sleep 0.1; done; [[ -c ${PORT} ]] || exit 1\n${await readFile(AGENT_FILE, 'utf8')}`,
    'systemd.extra-unit.nixcumber-agent.service': UNIT,
    'systemd.unit-dropin.multi-user.target~nixcumber': WISH,
  }
}

/**
 * Writes them below the cache and gives QEMU's arguments: files, because a command line can be read by everyone and has an end. They lie in no
 * machine's folder: one that was saved is started with the same arguments.
 */
export async function agentCredentials(cache: string): Promise<string[]> {
  const made = await credentials()
  const parent = join(cache, 'credentials')
  const folder = join(parent, shortHash(made))
  const files = Object.keys(made).map(name => join(folder, `${name}.credential`))
  if (!existsSync(folder)) {
    await mkdir(parent, { recursive: true })
    const draft = await mkdtemp(join(parent, '.draft-'))
    for (const [name, content] of Object.entries(made))
      await writeFile(
        join(draft, `${name}.credential`),
        `io.systemd.credential.binary:${name}=${Buffer.from(content).toString('base64')}`,
      )
    await placeFolder(draft, folder)
  }
  // OEM strings, where systemd looks for them.
  return files.flatMap(file => ['-smbios', `type=11,path=${file}`])
}
