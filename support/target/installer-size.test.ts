import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { gzipSync } from 'node:zlib'
import { execaSync } from 'execa'
import { milliseconds } from '../core/time/duration.ts'
import { known, whyUnknown } from '../probe/fact.ts'
import { installerSize } from './installer-size.ts'

const folder = mkdtempSync(join(tmpdir(), 'nixcumber-kexec-'))
test.after(() => rmSync(folder, { recursive: true }))
mkdirSync(join(folder, 'kexec'))

function tarball(initrd: Buffer): string {
  writeFileSync(join(folder, 'kexec/initrd'), initrd)
  const file = join(folder, 'installer.tar.gz')
  execaSync('tar', ['-czf', file, '-C', folder, 'kexec'])
  return file
}

test('the initrd counts packed and unpacked', async () => {
  const packed = gzipSync(Buffer.alloc(100_000))
  assert.equal(known(await installerSize(tarball(packed))), 100_000 + packed.length)
})

test('what cannot be measured is not known', async () => {
  const why = async (file: string) => whyUnknown(await installerSize(file)) ?? ''
  assert.match(await why(tarball(Buffer.from('0707010000'))), /packed in a way that is not known/)
  assert.match(await why(tarball(gzipSync(Buffer.alloc(1000)).subarray(0, 20))), /gzip/)
  assert.match(await why(join(folder, 'none.tar.gz')), /cannot be measured/)
})

test('one that takes too long is ended with all that it has started', async () => {
  const pipe = join(folder, 'endless.tar')
  execaSync('mkfifo', [pipe])
  const start = performance.now()
  assert.match(whyUnknown(await installerSize(pipe, milliseconds(300))) ?? '', /no answer in time/)
  assert.ok(performance.now() - start < 15_000)
  assert.equal(execaSync('pgrep', ['-f', pipe], { reject: false }).stdout, '')
})
