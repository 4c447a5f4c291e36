/** The members of an etcd cluster, as they say themselves (etcd.io/docs, api_reference_v3). */
import { z } from 'zod'
import type { Fact } from '../../probe/fact.ts'
import type { Answer } from '../../probe/sections.ts'
import { type EtcdSaid, etcdSaid } from './ask-etcd.ts'

export interface EtcdMember {
  readonly id: string
  readonly name: string
  readonly urls: readonly string[]
  readonly learner: boolean
  /** Whether it takes part; where it does not, why. Unknown when it gave no answer. */
  readonly serves: Fact<true | { readonly fault: string }>
  readonly leads: boolean
}

export interface EtcdFacts {
  readonly members: readonly EtcdMember[]
  /** `NOSPACE of t14`. */
  readonly alarms: readonly string[]
}

/** The gateway writes numbers of 64 bits as text, and leaves out what is zero or empty. */
const id = z.string().default('0')
const urls = z.array(z.string()).default([])
const member = z.object({
  ID: id,
  name: z.string().default(''),
  peerURLs: urls,
  clientURLs: urls,
  isLearner: z.boolean().default(false),
})
const memberList = z.object({ members: z.array(member).min(1) })
const alarmList = z.object({
  alarms: z.array(z.object({ memberID: id, alarm: z.union([z.string(), z.number()]).transform(String) })).default([]),
})
const status = z.object({
  header: z.object({ member_id: id }),
  leader: id,
  errors: z.array(z.string()).default([]),
})
type Status = z.infer<typeof status>

/** `none`: no etcd is found where kubectl runs. @throws ClusterUnanswered where its answer is not there in full */
export function readEtcd(answer: Answer | undefined): Fact<EtcdFacts> | 'none' {
  const said = etcdSaid(answer)
  if (said.length === 0) return 'none'
  const list = said.filter(({ what }) => what === 'members')
  const members = list.flatMap(each => parsed(each, memberList) ?? [])[0]?.members
  if (!members) return { unknown: `etcd does not tell its members: ${list.map(inWords).at(-1)}` }
  const alarms = said.filter(({ what }) => what === 'alarms').flatMap(each => parsed(each, alarmList) ?? [])[0]?.alarms
  if (!alarms) return { unknown: 'etcd does not tell its alarms' }
  const named = new Map(members.map(each => [each.ID, each.name || each.ID]))
  return {
    is: {
      members: members.map(each =>
        toMember(
          each,
          said.filter(({ what }) => what === 'status'),
        ),
      ),
      alarms: alarms.map(({ memberID, alarm }) => `${alarm} of ${named.get(memberID) ?? memberID}`),
    },
  }
}

function toMember(member: z.infer<typeof memberList>['members'][number], said: readonly EtcdSaid[]): EtcdMember {
  const own = said.flatMap(each => parsed(each, status) ?? []).find(({ header }) => header.member_id === member.ID)
  return {
    id: member.ID,
    name: member.name,
    urls: [...member.peerURLs, ...member.clientURLs],
    learner: member.isLearner,
    serves: own ? { is: ofStatus(own) } : withoutStatus(member.clientURLs, said),
    leads: own !== undefined && own.leader === member.ID,
  }
}

function ofStatus({ leader, errors }: Status): true | { readonly fault: string } {
  if (leader === '0') return { fault: 'it has no leader' }
  const [first] = errors
  return first === undefined ? true : { fault: first }
}

/** curl(1): nothing listens there, or no way leads there. */
const NOT_CONNECTED = 7
/** On another machine it is another one. */
const LOOPBACK = /^https?:\/\/(?:127\.|\[::1\]|localhost[:/])/

/** A connection that was refused at once is an answer; a silence is none, nor is one at the address of the machine itself. */
function withoutStatus(urls: readonly string[], said: readonly EtcdSaid[]): EtcdMember['serves'] {
  const asked = said.filter(({ url }) => urls.includes(url))
  const refused = asked.filter(({ code, url }) => code === NOT_CONNECTED && !LOOPBACK.test(url))
  if (refused.length > 0 && refused.length === urls.length) return { is: { fault: 'nothing answers at its address' } }
  return { unknown: asked.map(inWords).at(-1) ?? 'it has no address at which it could be asked' }
}

function parsed<T>({ code, text }: EtcdSaid, schema: z.ZodType<T>): T | undefined {
  if (code !== 0) return undefined
  try {
    return schema.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

const inWords = ({ code, text, url }: EtcdSaid): string =>
  code === 127 ? 'there is no curl here' : `${url}: ${text.trim().split('\n').at(-1) || `curl has ended with ${code}`}`
