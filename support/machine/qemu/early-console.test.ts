import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { EarlyConsole, onlyEarly } from './early-console.ts'
import { earlySocket } from './options.ts'

/** A folder of a QEMU whose second serial port says these pieces. */
async function port(...pieces: readonly string[]): Promise<AsyncDisposable & { readonly dir: string }> {
  const dir = await mkdtemp(join(tmpdir(), 'early-'))
  const server: Server = createServer(socket => {
    socket.on('error', () => {})
    for (const piece of pieces) socket.write(piece)
    socket.end()
  })
  await new Promise<void>(resolve => server.listen(earlySocket(dir), resolve))
  return {
    dir,
    async [Symbol.asyncDispose]() {
      server.close()
      await rm(dir, { recursive: true, force: true })
    },
  }
}

const heard = (early: EarlyConsole, wanted: RegExp): Promise<string> =>
  new Promise(resolve => {
    const look = (): void => {
      if (wanted.test(early.text)) resolve(early.text)
    }
    early.listen(look)
    look()
  })

test('what the kernel says early is heard', { timeout: 10_000 }, async () => {
  await using qemu = await port('[ 0.1] Kernel panic', ' - not syncing: no init')
  using early = await EarlyConsole.open(qemu.dir)
  assert.match(await heard(early, /no init/), /^\[ 0\.1\] Kernel panic - not syncing: no init$/)
})

test('a flood takes no memory: the end is kept', { timeout: 10_000 }, async () => {
  await using qemu = await port('x'.repeat(300_000), 'the end')
  using early = await EarlyConsole.open(qemu.dir)
  assert.equal((await heard(early, /the end$/)).length, 65_536)
})

test('a QEMU without the port is silent, not an error', async () => {
  using early = await EarlyConsole.open('/nowhere')
  assert.equal(early.text, '')
})

test('only what the console lacks is added to it', () => {
  const early = '[ 0.0] Linux\r\n[ 0.1] ACPI\r\n[ 0.2] Kernel panic - not syncing\r\n'
  assert.equal(onlyEarly(early, ''), '[ 0.0] Linux\r\n[ 0.1] ACPI\r\n[ 0.2] Kernel panic - not syncing')
  assert.equal(onlyEarly(early, '[ 0.0] Linux\r\r\n[ 0.1] ACPI\r\n'), '[ 0.2] Kernel panic - not syncing')
  assert.equal(onlyEarly(early, early), '')
})
