/** What the switch costs, between two cards without machines; beside it the same through one unix socket. */
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '../../support/core/time/clock.ts'
import { packet } from '../../support/network/frames.ts'
import { Network } from '../../support/network/network.ts'
import { frame, shout } from '../../support/network/testing/peer.ts'
import { median, ms, type Part, ratio } from './measure.ts'

const WEB = '020000000001'
const DB = '020000000002'
const MIB = 1024 * 1024
const FRAME = packet(frame(DB, WEB, 'x'.repeat(1486)))
const BURST = Buffer.concat(Array.from({ length: 100 }, () => FRAME))
const TOTAL = 256 * MIB

export const network: Part = async say => {
  const folder = mkdtempSync(join(tmpdir(), 'nixcumber-bench-'))
  const switched = await bySwitch(folder)
  const direct = await bySocket(folder)
  const there = await echo(switched)
  const beside = await echo(direct)
  const through = await rate(switched)
  const bare = await rate(direct)
  const { sent, dropped } = switched.network.switch.counts('db1')
  say(
    'switch, one card to another',
    `${through} MiB/s`,
    `one socket ${bare} MiB/s; ${dropped} of ${sent + dropped} frames dropped`,
  )
  say('round trip through the switch', ms(there), `through one socket ${ms(beside)}: ${ratio(there, beside)}`)
  for (const it of [switched, direct]) for (const card of [it.web, it.db]) card.destroy()
  switched.network[Symbol.dispose]()
  rmSync(folder, { recursive: true })
}

interface Pair {
  readonly web: Socket
  readonly db: Socket
}

async function bySwitch(folder: string): Promise<Pair & { readonly network: Network }> {
  const network = new Network(systemClock, 1)
  const card = async (name: string): Promise<Socket> => {
    await network.listen(name, join(folder, name))
    network.switch.connect(name)
    return dial(join(folder, name))
  }
  const pair = { web: await card('web1'), db: await card('db1') }
  pair.web.write(packet(shout(WEB)))
  await once(pair.db, 'data')
  pair.db.write(packet(frame(WEB, DB)))
  await once(pair.web, 'data')
  return { network, ...pair }
}

async function bySocket(folder: string): Promise<Pair> {
  const server = createServer().listen(join(folder, 'bare'))
  const [web, [db]] = await Promise.all([dial(join(folder, 'bare')), once(server, 'connection')])
  server.close()
  return { web, db: db as Socket }
}

async function dial(path: string): Promise<Socket> {
  const socket = connect(path)
  await once(socket, 'connect')
  return socket
}

/** MiB a second that arrive, as fast as they are taken; what is dropped is not counted. */
async function rate({ web, db }: Pair): Promise<number> {
  let arrived = 0
  const count = (chunk: Buffer): void => {
    arrived += chunk.length
  }
  db.on('data', count)
  const start = performance.now()
  while (arrived < TOTAL) if (!web.write(BURST)) await once(web, 'drain')
  db.off('data', count)
  return Math.round(arrived / MIB / ((performance.now() - start) / 1000))
}

/** Milliseconds until a frame there and one back have come. */
const echo = ({ web, db }: Pair): Promise<number> =>
  median(500, async () => {
    web.write(packet(frame(DB, WEB)))
    await once(db, 'data')
    db.write(packet(frame(WEB, DB)))
    await once(web, 'data')
  })
