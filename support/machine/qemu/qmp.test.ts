import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type TestContext } from 'node:test'
import { z } from 'zod'
import { ConnectionLost, EnvironmentBroken } from '../../core/errors.ts'
import { Deadline } from '../../core/time/deadline.ts'
import { seconds } from '../../core/time/duration.ts'
import { Qmp, type QmpEvent } from './qmp.ts'

/** The far end of a QMP socket that answers each command by the given function. */
async function qemuThatSays(t: TestContext, answer: (command: string, id: number, socket: Socket) => void) {
  const folder = mkdtempSync(join(tmpdir(), 'qmp-'))
  const path = join(folder, 's')
  const server = createServer(socket => {
    socket.on('error', () => {})
    socket.write('{"QMP": {"version": {}, "capabilities": []}}\r\n')
    socket.on('data', bytes => {
      for (const line of bytes.toString().trim().split('\n')) {
        const { execute, id } = JSON.parse(line)
        if (execute === 'qmp_capabilities') socket.write(`{"return": {}, "id": ${id}}\r\n`)
        else answer(execute, id, socket)
      }
    })
  }).listen(path)
  const qmp = await Qmp.connect(path, Deadline.after(seconds(5)))
  t.after(() => {
    qmp[Symbol.dispose]()
    server.close()
    rmSync(folder, { recursive: true, force: true })
  })
  return qmp
}

test('answers reach the command they belong to, in whatever order they come', async t => {
  const waiting: number[] = []
  const qmp = await qemuThatSays(t, (_, id, socket) => {
    waiting.push(id)
    if (waiting.length < 2) return
    for (const late of waiting.reverse()) socket.write(`{"return": ${late}, "id": ${late}}\r\n`)
  })
  assert.deepEqual(await Promise.all([qmp.execute('a'), qmp.execute('b')]), [2, 3])
})

test('an answer that is split over packets and follows an event is put together', async t => {
  const events: QmpEvent[] = []
  const qmp = await qemuThatSays(t, (_, id, socket) => {
    socket.write('{"timestamp": {"seconds": 1}, "event": "RESET", "data": {"guest": true}}\r\n{"retu')
    setImmediate(() => socket.write(`rn": "ok", "id": ${id}}\r\n`))
  })
  qmp.listen(event => events.push(event))
  assert.equal(await qmp.human('info usernet'), 'ok')
  assert.deepEqual(events, [{ event: 'RESET', data: { guest: true } }])
})

test('a refused command says which and why', async t => {
  const qmp = await qemuThatSays(t, (_, id, socket) =>
    socket.write(
      `{"error": {"class": "CommandNotFound", "desc": "The command foo has not been found"}, "id": ${id}}\r\n`,
    ),
  )
  await assert.rejects(
    qmp.execute('foo'),
    new EnvironmentBroken('QEMU refused foo: The command foo has not been found'),
  )
})

test('an answer of another form than expected is refused at the border', async t => {
  const qmp = await qemuThatSays(t, (_, id, socket) => socket.write(`{"return": {"status": 7}, "id": ${id}}\r\n`))
  await assert.rejects(
    qmp.ask(z.object({ status: z.string() }), 'query-status'),
    /QEMU answered query-status in a form/,
  )
})

test('a QEMU that goes away fails what waits and what comes later', async t => {
  const qmp = await qemuThatSays(t, (_, __, socket) => socket.destroy())
  await assert.rejects(qmp.execute('quit'), ConnectionLost)
  await assert.rejects(qmp.execute('query-status'), ConnectionLost)
  assert.ok(qmp.closed)
})

test('a socket without a listener is given up at the deadline', () =>
  assert.rejects(Qmp.connect('/nonexistent/socket', Deadline.after(seconds(0.05))), /No listener on .* within 50 ms/))

test('a QEMU that listens and never greets is given up at the deadline, and when it is not wanted any more', async t => {
  const folder = mkdtempSync(join(tmpdir(), 'qmp-'))
  const path = join(folder, 'qmp')
  const sockets: Socket[] = []
  const server = createServer(socket => void sockets.push(socket)).listen(path)
  await once(server, 'listening')
  t.after(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
    rmSync(folder, { recursive: true })
  })
  await assert.rejects(
    Qmp.connect(path, Deadline.after(seconds(0.1))),
    /^EnvironmentBroken: QEMU did not answer to a connection within 100 ms: it hangs/,
  )
  const over = AbortSignal.timeout(100)
  await assert.rejects(Qmp.connect(path, Deadline.after(seconds(30)), over), /TimeoutError/)
})
