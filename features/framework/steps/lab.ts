/** Hosts in namespaces of their own for nixcumber's own features: real sshd's and sudo's, gone with the scenario. */
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  After,
  type DataTable,
  EnvironmentBroken,
  ExpectationNotMet,
  Given,
  milliseconds,
  type NixWorld,
  reads,
  Then,
  When,
} from 'nixcumber'
import { Companion } from './companion.ts'
import { BIN, ROOT, trialOf } from './trial.ts'

interface LabHost {
  readonly name: string
  readonly address: string
  readonly address6: string
  readonly user: string
  readonly identity: string
  readonly saidFingerprint: string
  readonly password?: string
}

const PROGRAM = join(ROOT, 'support/shell/testing/lab-command.ts')
const SOON = milliseconds(200)

/** The program that holds the hosts. */
class Lab extends Companion {
  hosts: readonly LabHost[] = []

  async run(name: string, script: string): Promise<string> {
    this.say(`run ${name} ${script}`)
    return String(await this.answer())
  }

  host(name: string): LabHost {
    const found = this.hosts.find(host => host.name === name)
    if (!found) throw new EnvironmentBroken(`The lab has no host "${name}"`)
    return found
  }
}

const labs = new WeakMap<NixWorld, Lab>()
const before = new WeakMap<NixWorld, string>()

function labOf(world: NixWorld): Lab {
  const lab = labs.get(world)
  if (!lab) throw new EnvironmentBroken('This scenario has no lab: begin with `Given these hosts of a lab:`')
  return lab
}

/** A table of hosts, their kinds, and what stands behind their addresses: `| db1 | sudo-password | &sudo=yes |`. */
Given(
  'these hosts of a lab:',
  reads(async function (this: NixWorld, table: DataTable) {
    const rows = table.raw().map(([name = '', kind = '', more = '']) => ({ name, kind, more }))
    const lab = new Lab(
      PROGRAM,
      rows.map(({ name, kind }) => `${name}:${kind}`),
    )
    labs.set(this, lab)
    lab.hosts = (await lab.answer()) as readonly LabHost[]
    const known = join(trialOf(this).folder, 'known_hosts')
    const machines = rows.map(({ name, more }) => {
      const { user, address, address6, identity, saidFingerprint } = lab.host(name)
      const at = more.includes('v6') ? `[${address6}]` : address
      const proof = more.includes('known') ? `known-hosts=${known}` : `fingerprint=${saidFingerprint}`
      return [name, `ssh://${user}@${at}?identity=${identity}&${proof}${more.replace(/^(v6|known)+/, '')}`]
    })
    trialOf(this).write('nixcumber.config.json', JSON.stringify({ machines: Object.fromEntries(machines) as unknown }))
  }),
)

When(
  'nixcumber is called with {string} and the password of {string}',
  reads(async function (this: NixWorld, words: string, name: string) {
    await trialOf(this).call(words, {
      [`NIXCUMBER_SUDO_PASSWORD_${name.toUpperCase()}`]: labOf(this).host(name).password ?? '',
    })
  }),
)

Then('the password of {string} stands nowhere in {string}', function (this: NixWorld, name: string, folder: string) {
  const { password = '' } = labOf(this).host(name)
  for (const file of ['audit.ndjson', 'messages.ndjson', 'run.json', 'report.html', 'junit.xml'])
    if (password === '' || trialOf(this).read(join(folder, file)).includes(password.slice(0, 9)))
      throw new ExpectationNotMet(`${file} holds the password of ${name}`)
})

interface AuditLine {
  readonly id: string
  readonly script?: string
  readonly user: string
  readonly sudo: boolean
  readonly from?: string
  readonly exitCode?: number
  readonly nets?: readonly string[]
}

/** What was sent for a step, and what became of it. */
function audited(world: NixWorld, folder: string, script: string) {
  const path = join(trialOf(world).folder, folder, 'audit.ndjson')
  const text = existsSync(path) ? readFileSync(path, 'utf8').trim() : ''
  const lines = text.split('\n').map(line => JSON.parse(line || '{}') as AuditLine)
  const sent = lines.find(line => line.script?.includes(script) && line.from !== undefined)
  const done = lines.find(line => line.id === sent?.id && line.exitCode !== undefined)
  return { sent, done, text }
}

Then(
  'the audit in {string} tells of {string} by {string}',
  function (this: NixWorld, folder: string, script: string, user: string) {
    const { sent, done, text } = audited(this, folder, script)
    const who = sent && done && (done.sudo ? `${sent.user}, sudo` : sent.user)
    if (who !== user) throw new ExpectationNotMet(`The audit tells of "${script}" by ${who ?? 'no user'}\n\n${text}`)
  },
)

Then(
  'the audit in {string} says that {string} was kept from changes by {string}',
  function (this: NixWorld, folder: string, script: string, nets: string) {
    const { done, text } = audited(this, folder, script)
    const kept = done && (done.nets?.join(', ') ?? 'nothing')
    if (kept !== nets) throw new ExpectationNotMet(`"${script}" was kept by ${kept ?? 'no line'}\n\n${text}`)
  },
)

/** Files, processes and listeners; not what sshd and the look itself are. */
const OURS = "-e '^ps' -e '^sh -c' -e '^sort' -e '^grep' -e 'sshd: .*@notty' -e 'sshd: .*priv'"
const LOOK = `find /tmp /var/tmp /home /root /run /dev/shm | grep -v /run/sudo | sort; ps -eo args= | grep -v ${OURS} | sort; ss -Hltun | awk '{print $5}' | sort`

Given(
  'one remembers what {string} holds',
  reads(async function (this: NixWorld, name: string) {
    before.set(this, await labOf(this).run(name, LOOK))
  }),
)

/** What the harness started there ends a moment after the process that started it. */
Then('{string} holds nothing else within seconds', async function (this: NixWorld, name: string) {
  const was = before.get(this)
  let now = await labOf(this).run(name, LOOK)
  for (let left = 25; left > 0 && now !== was; left -= 1) {
    await this.context.clock.wait(SOON)
    now = await labOf(this).run(name, LOOK)
  }
  if (now !== was) throw new ExpectationNotMet(`${name} holds something else\n\nBefore:\n${was}\nAfter:\n${now}`)
})

Then('{string} holds {string} besides', async function (this: NixWorld, name: string, path: string) {
  const was = before.get(this) ?? ''
  const now = await labOf(this).run(name, LOOK)
  if (was.split('\n').includes(path) || !now.split('\n').includes(path))
    throw new ExpectationNotMet(`${name} holds no "${path}" that is new\n\n${now}`)
})

When(
  'nixcumber is called with {string} and killed while {string} runs on {string}',
  reads(async function (this: NixWorld, words: string, command: string, name: string) {
    const child = spawn(process.execPath, [BIN, ...words.split(' ')], {
      cwd: trialOf(this).folder,
      detached: true,
      stdio: 'ignore',
    })
    for (let left = 150; !(await labOf(this).run(name, 'ps -eo args=')).split('\n').includes(command); left -= 1) {
      if (left === 0) throw new EnvironmentBroken(`"${command}" never ran on ${name}`)
      await this.context.clock.wait(SOON)
    }
    process.kill(-(child.pid ?? 0), 'SIGKILL')
  }),
)

After(function (this: NixWorld) {
  labs.get(this)?.end()
})
