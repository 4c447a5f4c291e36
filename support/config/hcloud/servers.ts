/** `--inventory hcloud:SELECTOR`: the running servers of a Hetzner Cloud project whose labels match, as machines. */
import { z } from 'zod'
import { EnvironmentBroken } from '../../core/errors.ts'
import { refuse } from '../../core/refusal.ts'
import { rows } from '../../core/text/text.ts'
import { type ClientPlan, HcloudClient } from '../../hcloud/client.ts'
import type { MachineSettings } from '../../world/settings.ts'
import type { Note } from '../inventory.ts'

/** Of what the API tells of a server, what is used here: https://docs.hetzner.cloud/reference/cloud#servers-list-servers */
const server = z.object({
  id: z.number(),
  name: z.string(),
  status: z.string(),
  public_net: z.object({
    ipv4: z.object({ ip: z.string() }).nullish(),
    /** A network: `2001:db8:1234::/64`. */
    ipv6: z.object({ ip: z.string() }).nullish(),
  }),
  private_net: z.array(z.object({ ip: z.string() })).default([]),
  labels: z.record(z.string(), z.string()).default({}),
})
type Server = z.infer<typeof server>

const page = z.object({
  servers: z.array(server),
  meta: z.object({ pagination: z.object({ next_page: z.number().int().nullable() }) }),
})

/** The most that the API gives at once. */
const PER_PAGE = 50
const ROLE_LABELS = ['role', 'nixcumber-role']

/** @throws UsageError when no server matches, and what the client throws */
export async function serversBy(
  selector: string,
  { note, ...plan }: ClientPlan & { readonly note: Note },
): Promise<Record<string, MachineSettings>> {
  const client = new HcloudClient(plan)
  // A server may move to the next page while it is read.
  const byId = new Map<number, Server>()
  for (let at: number | null = 1; at !== null; ) {
    const answer = await client.get('/servers', { label_selector: selector, page: String(at), per_page: `${PER_PAGE}` })
    const { servers, next } = readPage(answer, at)
    for (const each of servers) byId.set(each.id, each)
    at = next
  }
  const running = [...byId.values()].filter(({ status }) => status === 'running')
  if (running.length === 0)
    throw refuse({
      what: `No running server of the Hetzner Cloud matches hcloud:${selector}`,
      expected: 'a label selector, as env=production or role=web,env!=test',
      got: byId.size === 0 ? 'no server' : [...byId.values()].map(({ name, status }) => `${name} ${status}`).join(', '),
    })
  for (const { name, status } of byId.values())
    if (status !== 'running') note(`server ${name} of the Hetzner Cloud is ${status}: it is not judged`)
  return Object.fromEntries(running.map(each => [each.name, settings(each)] as const).sort())
}

function readPage(answer: unknown, at: number): { servers: readonly Server[]; next: number | null } {
  const { success, data, error } = page.safeParse(answer)
  const next = data?.meta.pagination.next_page ?? null
  if (success && (next === null || next > at)) return { servers: data.servers, next }
  const issue = error?.issues[0]
  const got = issue ? `${issue.path.join('.') || 'the answer'}: ${issue.message}` : `page ${next} after page ${at}`
  throw new EnvironmentBroken(`The Hetzner Cloud answers other than documented\n${rows({ Got: got })}`.trimEnd())
}

/** What features may do is never read from labels: the right to label servers would include it. */
function settings({ name, public_net, private_net, labels }: Server): MachineSettings {
  const { 'nixcumber-user': user = 'root', 'nixcumber-port': port } = labels
  const host = public_net.ipv4?.ip ?? firstOf(public_net.ipv6?.ip) ?? private_net[0]?.ip
  if (host === undefined)
    throw refuse({ what: `Server "${name}" of the Hetzner Cloud has no address`, expected: 'IPv4, IPv6 or a network' })
  const where = `${host.includes(':') ? `[${host}]` : host}${port === undefined ? '' : `:${port}`}`
  const roles = ROLE_LABELS.flatMap(key => labels[key] || [])
  return { address: `ssh://${encodeURIComponent(user)}@${where}`, roles: [...new Set(roles)], allow: [] }
}

/** A server has a whole network, and takes its first address unless told otherwise. */
const firstOf = (network: string | undefined): string | undefined => network?.replace(/::(\/\d+)?$/, '::1')
