/** Where machines come from: files, and a Hetzner Cloud project that speaks the documented API. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { After, type DataTable, ExpectationNotMet, Given, type NixWorld, reads, Then, When } from 'nixcumber'
import { Companion } from './companion.ts'
import { ROOT, type Trial, trialOf } from './trial.ts'

const PROGRAM = join(ROOT, 'support/hcloud/testing/project.ts')

interface Project {
  readonly api: Companion
  readonly env: Readonly<Record<string, string>>
}

const projects = new WeakMap<NixWorld, Project>()

/** The hosts of `these live hosts:`, out of the configuration. */
function takeHosts(trial: Trial): Readonly<Record<string, URL>> {
  const { machines } = JSON.parse(trial.read('nixcumber.config.json')) as { machines: Record<string, string> }
  trial.write('nixcumber.config.json', '{}')
  return Object.fromEntries(
    Object.entries(machines).map(([name, address]) => [name, new URL(address.replaceAll('+', '%2B'))]),
  )
}

Given(
  'the live hosts stand in the inventory {string} with these roles:',
  reads(function (this: NixWorld, file: string, table: DataTable) {
    const trial = trialOf(this)
    const hosts = takeHosts(trial)
    const machines = table.raw().map(([name = '', roles = '']) => {
      const url = hosts[name] as URL
      const { identity, fingerprint } = Object.fromEntries(url.searchParams)
      const entry = { address: `ssh://${url.host}`, user: url.username, identity, fingerprint, roles: roles.split(' ') }
      return [name, entry] as const
    })
    trial.write(file, JSON.stringify({ machines: Object.fromEntries(machines) }))
  }),
)

/** `| web1 | role=web env=prod | running |`; their host keys are known, and their logins are in the ssh configuration. */
Given(
  'a Hetzner Cloud project with the live hosts as these servers:',
  reads(async function (this: NixWorld, table: DataTable) {
    const trial = trialOf(this)
    const hosts = takeHosts(trial)
    trial.write('home/.ssh/known_hosts', Object.values(hosts).map(knownHost).join('\n'))
    const identities = Object.values(hosts).map(url => `  IdentityFile ${url.searchParams.get('identity')}`)
    trial.write('home/.ssh/config', ['Host *', ...identities].join('\n'))
    const servers = table.raw().map(([name = '', labels = '', status = 'running']) => {
      const url = hosts[name]
      const own = Object.fromEntries(labels.split(' ').map(label => label.split('=')))
      const login = url ? { 'nixcumber-port': url.port, 'nixcumber-user': url.username } : {}
      return { name, status, ipv4: '127.0.0.1', labels: { ...own, ...login } }
    })
    const api = new Companion(PROGRAM, [JSON.stringify(servers)])
    const env = { ...((await api.answer()) as Record<string, string>), HOME: join(trial.folder, 'home') }
    projects.set(this, { api, env })
  }),
)

/** The key beside the login's, as the server of the lab keeps both. */
function knownHost(url: URL): string {
  const folder = dirname(url.searchParams.get('identity') ?? '')
  return `[${url.hostname}]:${url.port} ${readFileSync(join(folder, 'host.pub'), 'utf8').trim()}`
}

When(
  'nixcumber is called with {string} in that project',
  reads(async function (this: NixWorld, words: string) {
    await trialOf(this).call(words, projects.get(this)?.env)
  }),
)

When(
  'nixcumber is called with {string} in that project with the token {string}',
  reads(async function (this: NixWorld, words: string, token: string) {
    await trialOf(this).call(words, { ...projects.get(this)?.env, HCLOUD_TOKEN: token })
  }),
)

Then('the token is neither said nor written anywhere', function (this: NixWorld) {
  const trial = trialOf(this)
  const token = projects.get(this)?.env.HCLOUD_TOKEN ?? ''
  const files = readdirSync(trial.folder, { recursive: true, withFileTypes: true }).filter(each => each.isFile())
  const found = files
    .map(each => join(each.parentPath, each.name))
    .filter(file => readFileSync(file, 'latin1').includes(token))
  if (token === '' || trial.ended.output.includes(token)) found.push('what nixcumber says')
  if (found.length > 0) throw new ExpectationNotMet(`The token is in ${found.join(', ')}`)
})

After(function (this: NixWorld) {
  projects.get(this)?.api.end()
})
