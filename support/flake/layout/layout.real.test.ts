/** A layout as real Nix reads it. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { Nix } from '../../nix/evaluate/nix.ts'
import { nixString } from '../../nix/nix-string.ts'
import { findToolchain } from '../../nix/tools/find-toolchain.ts'
import { layoutSchema } from './layout.ts'

const scratch = mkdtempSync(join(tmpdir(), 'nixcumber-layout-'))
test.after(() => rmSync(scratch, { recursive: true, force: true }))
const nix = new Nix({
  ...{ toolchain: await findToolchain({ offline: true }), logDir: scratch, cacheDir: scratch, offline: true },
})

test('partitions are known by the labels that they are given', async () => {
  const { value } = await nix.eval(
    {
      expression: `import (/. + ${nixString(join(import.meta.dirname, 'layout.nix'))}) {
  config.disko.devices.disk = {
    main = { name = "main"; device = "/dev/sda"; content = { type = "gpt"; partitions.root = { name = "root"; type = "8300"; size = "100%"; label = "disk-main-root"; content = null; }; }; };
    whole = { name = "whole"; device = "/dev/sdb"; content = { type = "filesystem"; format = "ext4"; mountpoint = "/srv"; }; };
    empty = { name = "empty"; device = "/dev/sdc"; content = null; };
  };
}`,
    },
    { subject: 'a layout' },
  )
  assert.deepEqual(layoutSchema.parse(value).partitionLabels, ['disk-main-root'])
})
