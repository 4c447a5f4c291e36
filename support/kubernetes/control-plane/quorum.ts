import { z } from 'zod'
import { minutes, seconds } from '../../core/time/duration.ts'
import { type Fact, known } from '../../probe/fact.ts'
import { clusterProbe } from '../cluster-probe.ts'
import { factOf, orEmpty, part } from '../fields.ts'
import { askEtcd } from './ask-etcd.ts'
import { type EtcdFacts, type EtcdMember, readEtcd } from './etcd.ts'

export interface QuorumFacts {
  readonly etcd: Fact<EtcdFacts> | 'none'
  /** Of the node; undefined when the cluster has none of that name. */
  readonly addresses: Fact<readonly string[] | undefined>
}

const address = z.object({ address: z.string() })
const nodes = z.object({
  kind: z.literal('NodeList'),
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string() }),
      status: part({ addresses: orEmpty(z.array(address), [], 'status.addresses') }),
    }),
  ),
})

/** The members of etcd, and where a node is. */
export const quorum = clusterProbe<string, QuorumFacts>({
  budget: minutes(1),
  attempt: seconds(20),
  describe: () => 'etcd',
  paths: () => ['/api/v1/nodes'],
  others: (_, look) => [askEtcd(look)],
  parse: ({ said: [all], others: [etcd] }, node) => ({
    etcd: readEtcd(etcd),
    addresses: addressesOf(factOf(all, nodes, 'nodes'), node),
  }),
})

function addressesOf(read: Fact<z.infer<typeof nodes>>, name: string): QuorumFacts['addresses'] {
  if ('unknown' in read) return read
  const node = read.is.items.find(({ metadata }) => metadata.name === name)
  const found = node?.status.addresses
  if (found === undefined) return { is: undefined }
  return 'unknown' in found ? found : { is: found.is.map(each => each.address) }
}

/** By its name, by what k3s makes of it (`t14-1a2b3c4d`), or by an address of the node. */
export function isOnNode({ name, urls }: EtcdMember, node: string, addresses: QuorumFacts['addresses']): boolean {
  if (name === node || (name.startsWith(`${node}-`) && /^[0-9a-f]{8}$/.test(name.slice(node.length + 1)))) return true
  const at = known(addresses) ?? []
  return urls.some(url => URL.canParse(url) && at.includes(new URL(url).hostname.replace(/^\[|\]$/g, '')))
}
