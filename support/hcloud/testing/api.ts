/** A server that speaks the documented Hetzner Cloud API, on loopback: label selectors (`a=b`, `a!=b`, `a`), pages, and its refusals. */
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface FakeServer {
  readonly name: string
  readonly status?: string
  readonly ipv4?: string
  readonly ipv6?: string
  readonly private?: string
  readonly labels?: Readonly<Record<string, string>>
}

export interface FakeSnapshot {
  readonly created: string
  readonly status?: string
  readonly labels?: Readonly<Record<string, string>>
}

/** How the next question is answered, when not as it should be. */
export type Trouble = (request: IncomingMessage, response: ServerResponse) => void

export class HcloudApi implements AsyncDisposable {
  readonly token = 'k3LzdYH2qz2wCJdoAxbMEfKcPVm0u6Qh8TtXWy1nR5sGvB4j9iDFlOUaNeI7rZpS'
  readonly asked: URL[] = []
  /** Used up one by one. */
  readonly troubles: Trouble[] = []
  /** As the API would: 50. Smaller, so that few servers are several pages. */
  perPage = 2
  readonly #servers: readonly FakeServer[]
  readonly #snapshots: readonly FakeSnapshot[]
  readonly #http: Server

  private constructor(servers: readonly FakeServer[], snapshots: readonly FakeSnapshot[]) {
    this.#servers = servers
    this.#snapshots = snapshots
    this.#http = createServer((request, response) => this.#answer(request, response))
  }

  static async start(servers: readonly FakeServer[], snapshots: readonly FakeSnapshot[] = []): Promise<HcloudApi> {
    const api = new HcloudApi(servers, snapshots)
    api.#http.listen(0, '127.0.0.1')
    await once(api.#http, 'listening')
    return api
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}/v1`
  }

  get env(): Record<string, string> {
    return { HCLOUD_TOKEN: this.token, HCLOUD_ENDPOINT: this.endpoint }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop()
  }

  async stop(): Promise<void> {
    if (!this.#http.listening) return
    this.#http.closeAllConnections()
    this.#http.close()
    await once(this.#http, 'close')
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', this.endpoint)
    this.asked.push(url)
    const trouble = this.troubles.shift()
    if (trouble) trouble(request, response)
    else if (request.headers.authorization !== `Bearer ${this.token}`)
      refusal(401, 'unauthorized', 'unable to authenticate')(request, response)
    else if (request.method === 'GET' && url.pathname === '/v1/images') this.#images(url.searchParams, response)
    else if (request.method !== 'GET' || url.pathname !== '/v1/servers')
      refusal(404, 'not_found', 'resource not found')(request, response)
    else this.#page(url.searchParams, response)
  }

  /** Of `type=snapshot`, the newest first. */
  #images(query: URLSearchParams, response: ServerResponse): void {
    const wanted = selected(query.get('label_selector') ?? '')
    const images = this.#snapshots
      .map(({ created, status = 'available', labels = {} }, id) => ({ id, created, status, labels, type: 'snapshot' }))
      .filter(
        ({ labels, status, type }) => wanted(labels) && status === query.get('status') && type === query.get('type'),
      )
      .toSorted((a, b) => (a.created < b.created ? 1 : -1))
    send(response, 200, { images: images.slice(0, Number(query.get('per_page') ?? 25)) })
  }

  #page(query: URLSearchParams, response: ServerResponse): void {
    const wanted = selected(query.get('label_selector') ?? '')
    const all = this.#servers.map(described).filter(({ labels }) => wanted(labels))
    const perPage = Math.min(this.perPage, Number(query.get('per_page') ?? 25))
    const page = Number(query.get('page') ?? 1)
    const last = Math.max(1, Math.ceil(all.length / perPage))
    const pagination = {
      page,
      per_page: perPage,
      previous_page: page > 1 ? page - 1 : null,
      next_page: page < last ? page + 1 : null,
      last_page: last,
      total_entries: all.length,
    }
    send(response, 200, { servers: all.slice((page - 1) * perPage, page * perPage), meta: { pagination } })
  }
}

export const refusal =
  (status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}): Trouble =>
  (_request, response) =>
    send(response, status, { error: { code, message, details: null } }, headers)

export const saying =
  (text: string, status = 200): Trouble =>
  (_request, response) =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(text)

function send(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  const limits = { 'ratelimit-limit': '3600', 'ratelimit-remaining': '3599' }
  response.writeHead(status, { 'content-type': 'application/json', ...limits, ...headers }).end(JSON.stringify(body))
}

function described({ name, status = 'running', ipv4, ipv6, private: inside, labels = {} }: FakeServer, at: number) {
  return {
    id: 4711 + at,
    name,
    status,
    created: '2026-01-01T00:00:00Z',
    public_net: {
      ipv4: ipv4 === undefined ? null : { id: at, ip: ipv4, blocked: false, dns_ptr: '' },
      ipv6: ipv6 === undefined ? null : { id: at, ip: ipv6, blocked: false, dns_ptr: [] },
      floating_ips: [],
      firewalls: [],
    },
    private_net:
      inside === undefined ? [] : [{ network: 1, ip: inside, alias_ips: [], mac_address: '86:00:ff:2a:7d:e1' }],
    server_type: { id: 1, name: 'cx22' },
    labels,
  }
}

function selected(selector: string): (labels: Readonly<Record<string, string>>) => boolean {
  const parts = selector.split(',').filter(part => part !== '')
  return labels =>
    parts.every(part => {
      const [, key = '', how, value] = /^([^=!]+)(?:(!?=)=?(.*))?$/.exec(part) ?? []
      if (how === undefined) return key in labels
      return (labels[key] === value) === (how === '=')
    })
}
