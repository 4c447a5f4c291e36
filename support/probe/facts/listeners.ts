import { sh } from '../../core/command.ts'
import { parseSocket } from '../network/port.ts'
import { lines } from '../sections.ts'
import { type Section, sorted } from './section.ts'

const NO_PROGRAM = 'unknown'

/** `tcp 0.0.0.0:22` and the program behind it; who is not root does not see that. Without ss(8) the kernel's own tables tell the rest. */
export const listenersSection: Section = {
  name: 'listeners',
  tool: 'ss',
  command: sh`
ss -H -l -n -p -t -u 2>/dev/null && exit
for table in tcp tcp6 udp udp6; do sed "s/^/$table /" /proc/net/$table 2>/dev/null; done; exit 0`,
  parse(text) {
    const programs = new Map<string, Set<string>>()
    for (const { key, names } of lines(text).flatMap(line => fromTable(line) ?? fromSs(line)))
      programs.set(key, new Set([...(programs.get(key) ?? []), ...names]))
    return sorted([...programs].map(([key, names]) => [key, [...names].sort().join(', ') || NO_PROGRAM]))
  },
}

interface Listener {
  readonly key: string
  readonly names: readonly string[]
}

/** Netid State Recv-Q Send-Q Local:Port Peer:Port Process. */
function fromSs(line: string): Listener[] {
  const [protocol = '', , , , local = '', , ...rest] = line.trim().split(/\s+/)
  const names = [...rest.join(' ').matchAll(/\("([^"]+)"/g)].map(([, name = '']) => name)
  const [, address = '', port = ''] = /^(.*):(\d+)$/.exec(local.replace('*:', '[::]:')) ?? []
  return port === '' || isPassing(protocol, address, Number(port))
    ? []
    : [{ key: `${protocol} ${address}:${port}`, names }]
}

const TABLE = /^(tcp|udp)(6?) /
const LISTENS: Readonly<Record<string, string>> = { tcp: '0A', udp: '07' }

function fromTable(line: string): Listener[] | undefined {
  const [prefix = '', protocol = '', six] = TABLE.exec(line) ?? []
  if (protocol === '' || /^\S+ +(?:UNCONN|LISTEN) /.test(line)) return undefined
  const socket = parseSocket(line.slice(prefix.length))
  if (!socket || socket.state !== LISTENS[protocol]) return []
  const address = six ? `[${socket.address.text}]` : socket.address.text
  return isPassing(protocol, address, socket.port) ? [] : [{ key: `${protocol} ${address}:${socket.port}`, names: [] }]
}

/** From where on the kernel gives ports to clients (net.ipv4.ip_local_port_range). */
const EPHEMERAL = 32768

/** Who asks a name server listens for the answer; what programs agree upon on the loopback has another number each time. */
const isPassing = (protocol: string, address: string, port: number): boolean =>
  port >= EPHEMERAL && (protocol === 'udp' || address === '127.0.0.1' || address === '[::1]')
