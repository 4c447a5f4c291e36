import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:net'
import test from 'node:test'
import { NotSupported } from '../../core/errors.ts'
import { Deadline } from '../../core/time/deadline.ts'
import { seconds } from '../../core/time/duration.ts'
import { bootContextForTests } from '../testing/boot-context.ts'
import { oneSectorGuest } from '../testing/one-sector-guest.ts'
import { until } from '../testing/processes.ts'
import { bootQemu, type QemuSpec } from '../vm/boot.ts'

/** The other end of a card's cable, which counts who connects. */
function cable() {
  const servers: Server[] = []
  let connections = 0
  const listen = (path: string) =>
    new Promise<void>(resolve => {
      const server = createServer(socket => {
        connections += 1
        socket.on('error', () => {})
        socket.unref()
      })
      servers.push(server.unref().listen(path, resolve))
    })
  return { nic: { id: 'lan', mac: '02:00:00:00:00:01', listen }, connections: () => connections }
}

test('a card is plugged in once, and QEMU connects its cable', async () => {
  await using context = bootContextForTests()
  await using machine = await bootQemu(oneSectorGuest({ name: 'web1' }), context)
  const { nic, connections } = cable()
  assert.deepEqual(machine.nics, [])
  await machine.attachNic(nic)
  await machine.attachNic(nic)
  assert.deepEqual(machine.nics, ['lan'])
  assert.ok(await until(() => connections() === 1))
})

test('a card takes no part in the next boot, neither after a reset nor after the plug was pulled', async () => {
  await using context = bootContextForTests()
  await using machine = await bootQemu(oneSectorGuest({ name: 'web1' }), context)
  const { nic, connections } = cable()
  await machine.attachNic(nic)
  await machine.power('reset', Deadline.after(seconds(30)))
  assert.deepEqual(machine.nics, [])
  await machine.power('crash', Deadline.after(seconds(30)))
  await machine.power('boot', Deadline.after(seconds(30)))
  assert.deepEqual(machine.nics, [])
  await machine.attachNic({ ...nic, id: 'again' })
  assert.deepEqual(machine.nics, ['again'])
  assert.ok(await until(() => connections() === 2))
})

test('a machine without a slot for it is told as that, and can be told again', async () => {
  const guest = oneSectorGuest({ name: 'web1' })
  const withoutSlot: QemuSpec = {
    ...guest,
    async start(where) {
      const start = await guest.start(where)
      return { ...start, argv: [...start.argv, '-global', 'PIIX4_PM.acpi-root-pci-hotplug=off'] }
    },
  }
  await using context = bootContextForTests()
  await using machine = await bootQemu(withoutSlot, context)
  for (const _ of [1, 2])
    await assert.rejects(machine.attachNic({ ...cable().nic, listen: async () => {} }), (error: Error) => {
      assert.ok(error instanceof NotSupported, String(error))
      assert.match(error.message, /takes no network card while it runs/)
      return true
    })
  assert.deepEqual(machine.nics, [])
})
