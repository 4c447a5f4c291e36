import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { homedir, userInfo } from 'node:os'
import { basename, dirname, isAbsolute, join, resolve } from 'node:path'
import SSHConfig from 'ssh-config'
import { UsageError } from '../../core/errors.ts'

/** Where and as whom to log in; the last of a route is the machine, those before it are jumps. */
export interface Hop {
  /** The name as the user wrote it. */
  readonly name: string
  readonly host: string
  readonly port: number
  readonly user: string
  /** Existing private keys, in the order they are tried. */
  readonly identities: readonly string[]
  /** Socket of the agent, when it may be asked. */
  readonly agent?: string
  readonly knownHosts: readonly string[]
  /** New names are written hashed. */
  readonly hashKnownHosts?: boolean
}

export interface RouteOptions {
  readonly host: string
  readonly port?: number
  readonly user?: string
  readonly identity?: string
  readonly knownHosts?: string
  /** Text of an ssh_config(5); the user's own when left out, none when empty. */
  readonly config?: string
  readonly env?: Readonly<Record<string, string | undefined>>
}

const DEFAULT_IDENTITIES = ['id_ed25519', 'id_ecdsa', 'id_rsa']
const SYSTEM_KNOWN_HOSTS = '/etc/ssh/ssh_known_hosts'

/** The hops to a host as ssh(1) would take them: what is given wins over ssh_config(5), which wins over the defaults. */
export function resolveRoute(options: RouteOptions): readonly Hop[] {
  const config = SSHConfig.parse(options.config ?? userConfig())
  return routeTo(options, config, options.env ?? process.env, [])
}

function routeTo(
  options: RouteOptions,
  config: SSHConfig,
  env: Readonly<Record<string, string | undefined>>,
  behind: readonly string[],
): readonly Hop[] {
  if (behind.includes(options.host))
    throw new UsageError(`ProxyJump goes round in circles: ${[...behind, options.host].join(' -> ')}`)
  const found = config.compute(options.host, { ignoreCase: true })
  const one = (key: string): string | undefined => [found[key]].flat().find(value => value !== undefined)
  const many = (key: string): string[] => [found[key]].flat().filter(value => value !== undefined)
  const user = options.user ?? one('user') ?? userInfo().username
  const host = one('hostname')?.replaceAll('%h', options.host) ?? options.host
  const expand = (path: string): string =>
    path.replace(/^~(?=\/|$)/, homedir()).replace(/%([dhru%])/g, (_, letter: string) => {
      const value = { d: homedir(), h: host, r: user, u: userInfo().username, '%': '%' }[letter]
      return value ?? ''
    })
  const configured = many('identityfile').map(expand)
  const defaults = DEFAULT_IDENTITIES.map(name => join(homedir(), '.ssh', name))
  const identities = options.identity ? [options.identity] : configured.length > 0 ? configured : defaults
  const agent = one('identityagent')
  const socket =
    agent === undefined || agent === 'SSH_AUTH_SOCK' ? env.SSH_AUTH_SOCK : agent === 'none' ? undefined : expand(agent)
  const asksAgent = options.identity === undefined && one('identitiesonly') !== 'yes'
  const userKnownHosts = many('userknownhostsfile')
    .flatMap(value => value.split(/\s+/))
    .map(expand)
  const hop: Hop = {
    name: options.host,
    host,
    port: options.port ?? Number(one('port') ?? 22),
    user,
    hashKnownHosts: one('hashknownhosts')?.toLowerCase() === 'yes',
    identities: identities.filter(existsSync),
    ...(asksAgent && socket ? { agent: socket } : {}),
    knownHosts: options.knownHosts
      ? [options.knownHosts]
      : [...(userKnownHosts.length > 0 ? userKnownHosts : [join(homedir(), '.ssh/known_hosts')]), SYSTEM_KNOWN_HOSTS],
  }
  const jumps = one('proxyjump')
  if (jumps === undefined || jumps === 'none') return [hop]
  const before = jumps.split(',').flatMap(jump => routeTo(jumpTo(jump), config, env, [...behind, options.host]))
  return [...before, hop]
}

/** `[user@]host[:port]` or `ssh://…`, ssh_config(5) "ProxyJump". */
function jumpTo(text: string): { host: string; user?: string; port?: number } {
  const [, user, host = '', port] = /^(?:ssh:\/\/)?(?:([^@]+)@)?(\[[^\]]+\]|[^:]+)(?::(\d+))?$/.exec(text.trim()) ?? []
  if (host === '') throw new UsageError(`ProxyJump "${text}" is not [user@]host[:port]`)
  return {
    host: host.replace(/^\[(.*)\]$/, '$1'),
    ...(user === undefined ? {} : { user }),
    ...(port === undefined ? {} : { port: Number(port) }),
  }
}

function userConfig(): string {
  return [join(homedir(), '.ssh/config'), '/etc/ssh/ssh_config'].map(file => withIncludes(file, 0)).join('\n')
}

/** `Include` with its file names put in its place; the last part of a name may hold `*`. */
function withIncludes(file: string, depth: number): string {
  if (!existsSync(file) || depth > 8) return ''
  return readFileSync(file, 'utf8').replace(/^[ \t]*Include[ \t]+(.+)$/gim, (_, names: string) =>
    names
      .trim()
      .split(/\s+/)
      .flatMap(name => included(name.replace(/^~(?=\/)/, homedir()), dirname(file)))
      .map(path => withIncludes(path, depth + 1))
      .join('\n'),
  )
}

function included(name: string, folder: string): string[] {
  const path = isAbsolute(name) ? name : resolve(folder, name)
  if (!path.includes('*')) return [path]
  if (!existsSync(dirname(path))) return []
  const wanted = new RegExp(`^${basename(path).replace(/[.+]/g, '\\$&').replaceAll('*', '.*')}$`)
  return readdirSync(dirname(path))
    .filter(entry => wanted.test(entry))
    .sort()
    .map(entry => join(dirname(path), entry))
}
