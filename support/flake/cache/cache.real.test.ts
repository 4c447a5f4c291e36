/** The sentence about binary caches through the real command line: caches that real Nix has made, whole and spoilt on purpose. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import test from 'node:test'
import { execa } from 'execa'
import { findToolchain } from '../../nix/tools/find-toolchain.ts'

const scratch = mkdtempSync(join(tmpdir(), 'nixcumber-cache-'))
test.after(() => rmSync(scratch, { recursive: true, force: true }))
const toolchain = await findToolchain({ offline: true })

const FLAKE = `{
  outputs = _:
    let
      made = name: script: derivation { inherit name; system = "x86_64-linux"; builder = "/bin/sh"; args = [ "-c" script ]; };
    in {
      nixosConfigurations.t14.config.system.build.toplevel =
        made "nixos-system-t14" "echo \${made "dependency" "echo treasure of t14 > $out"} > $out";
    };
}
`

function nix(args: readonly string[], input = ''): string {
  const {
    file,
    args: words,
    options,
  } = toolchain.wrap(['nix', '--extra-experimental-features', 'nix-command flakes', '--offline', ...args], {
    ...{ cwd: scratch, writable: [scratch], env: { HOME: scratch } },
  })
  return execFileSync(file, [...words], { ...options, input, encoding: 'utf8', stdio: 'pipe' }).trim()
}

/** A pair of keys; the secret one as a file. */
function newKey(name: string): { readonly file: string; readonly key: string } {
  const secret = nix(['key', 'generate-secret', '--key-name', name])
  const file = join(scratch, name)
  writeFileSync(file, secret)
  return { file, key: nix(['key', 'convert-secret-to-public'], secret) }
}

const folder = join(scratch, 'project')
mkdirSync(join(folder, 'features'), { recursive: true })
writeFileSync(join(folder, 'flake.nix'), FLAKE)
const system = nix([
  'build',
  '--no-link',
  '--print-out-paths',
  `path:${folder}#nixosConfigurations.t14.config.system.build.toplevel`,
])
const [home, stranger] = [newKey('home-1'), newKey('stranger-1')]

const place = (name: string): string => join(scratch, 'caches', name)
nix(['copy', '--to', `file://${place('whole')}?secret-key=${home.file}&compression=none`, system])
nix(['copy', '--to', `file://${place('unsigned')}?compression=none`, system])

/** A copy of the good cache, in which a file of that kind of the system's dependency is another one. */
function spoilt(name: string, change: (path: string) => void): void {
  cpSync(place('whole'), place(name), { recursive: true })
  const info = readdirSync(place(name)).find(file => file.endsWith('.narinfo') && !system.includes(file.slice(0, 32)))
  assert.ok(info)
  change(join(place(name), info))
}
spoilt('incomplete', info => rmSync(info))
spoilt('edited', info =>
  writeFileSync(info, readFileSync(info, 'utf8').replace(/NarHash: .*/, `NarHash: sha256:${'0'.repeat(52)}`)),
)
spoilt('altered', info => {
  const nar = join(place('altered'), /^URL: (.*)$/m.exec(readFileSync(info, 'utf8'))?.[1] ?? '')
  writeFileSync(nar, readFileSync(nar, 'utf8').replace('treasure', 'nonsense'))
})

interface Row {
  readonly name: string
  readonly url: string
  readonly key?: string
  readonly says: RegExp
}

const ROWS: readonly Row[] = [
  { name: 'whole', url: `file://${place('whole')}`, says: /✓ whole/ },
  {
    name: 'another key',
    url: `file://${place('whole')}`,
    key: stranger.key,
    says: /✗ another key[\s\S]*?is not in cache .* signed by stranger-1\n[\s\S]*?Unsigned +\/nix\/store/,
  },
  { name: 'unsigned', url: `file://${place('unsigned')}`, says: /✗ unsigned [\s\S]*?Unsigned +\/nix\/store/ },
  {
    name: 'incomplete',
    url: `file://${place('incomplete')}`,
    says: /✗ incomplete [\s\S]*?Missing +\/nix\/store\S*-dependency/,
  },
  { name: 'edited', url: `file://${place('edited')}`, says: /✗ edited [\s\S]*?Unsigned +\/nix\/store\S*-dependency/ },
  {
    name: 'altered',
    url: `file://${place('altered')}`,
    says: /✗ altered [\s\S]*?Altered +\/nix\/store\S*-dependency\n[\s\S]*?Next +take nothing from it/,
  },
  {
    name: 'no answer',
    url: 'http://127.0.0.1:1',
    says: /! no answer [\s\S]*?could not be checked: unable to download/,
  },
  {
    name: 'not made yet',
    url: `file://${place('none')}`,
    says: /! not made yet [\s\S]*?there is no binary cache in that folder/,
  },
  {
    name: 'elsewhere',
    url: 'https://cache.example.org',
    says: /! elsewhere [\s\S]*?with --offline no other computer is asked/,
  },
]

test('a closure is in a binary cache, whole and signed, or is not, or it is not known', async () => {
  const scenarios = ROWS.map(
    ({ name, url, key = home.key }) =>
      `  Scenario: ${name}\n    Then the closure of host "t14" is in cache "${url}" signed by "${key}"\n`,
  )
  writeFileSync(join(folder, 'features/cache.feature'), `Feature: Caches\n${scenarios.join('\n')}`)
  const args = [resolve('bin/nixcumber.js'), 'run', '--offline']
  // A key that the user trusts besides is none of this.
  const env = { NIX_CONFIG: `extra-trusted-public-keys = ${home.key}` }
  const { all, exitCode } = await execa('node', args, { cwd: folder, env, all: true, reject: false })
  for (const { says } of ROWS) assert.match(all, says)
  assert.equal(exitCode, 1, all)
  assert.ok(!existsSync(place('none')), 'a folder that was only looked at has become a cache')
})
