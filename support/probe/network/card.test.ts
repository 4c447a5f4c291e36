import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { card } from './card.ts'

const OURS = { mac: '02:00:00:00:00:07', name: 'vnet-nixcumber' }

/** What the command says of a machine with these interfaces, and an udev that knows the given ones. */
async function seen(interfaces: Readonly<Record<string, string>>, udev: readonly number[] | 'none', busy = false) {
  const root = mkdtempSync(join(tmpdir(), 'card-'))
  mkdirSync(join(root, 'data'), { recursive: true })
  for (const [i, [name, mac]] of Object.entries(interfaces).entries()) {
    mkdirSync(join(root, 'net', name), { recursive: true })
    writeFileSync(join(root, 'net', name, 'address'), `${mac}\n`)
    writeFileSync(join(root, 'net', name, 'ifindex'), `${i + 1}\n`)
  }
  if (busy) writeFileSync(join(root, 'queue'), '')
  const control = createServer().unref()
  if (udev !== 'none') {
    await new Promise<void>(resolve => control.listen(join(root, 'control'), resolve))
    for (const index of udev) writeFileSync(join(root, 'data', `n${index}`), '')
  }
  const script = card.command(OURS).script.replaceAll('/sys/class', root).replaceAll('/run/udev', root)
  const stdout = execFileSync('bash', ['-c', script])
  control.close()
  rmSync(root, { recursive: true })
  return card.parse({ exitCode: 0, stdout, stderr: Buffer.alloc(0) }, OURS)
}

const eth0 = { eth0: '52:54:00:12:34:56' }

test('a card that udev has not finished with is not there yet: it would keep the name it happens to have', async () => {
  assert.deepEqual(await seen({ ...eth0, eth1: OURS.mac }, [1]), [])
  assert.deepEqual(await seen({ ...eth0, eth1: OURS.mac }, [1, 2], true), [])
})

test('a card is there when it has our name, or udev has left it another, or there is no udev', async () => {
  assert.deepEqual(await seen({ ...eth0, 'vnet-nixcumber': OURS.mac }, [1]), ['vnet-nixcumber'])
  assert.deepEqual(await seen({ ...eth0, eth1: OURS.mac }, [1, 2]), ['eth1'])
  assert.deepEqual(await seen({ ...eth0, eth1: OURS.mac }, 'none'), ['eth1'])
})

test('other cards are not ours', async () => {
  assert.deepEqual(await seen(eth0, [1]), [])
})
