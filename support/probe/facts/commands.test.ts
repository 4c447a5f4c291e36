/** What sections ask, of tools that answer to the very words; each section's own command runs. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { certificatesSection } from './certificates.ts'
import { closureSection } from './closure.ts'
import { listenersSection } from './listeners.ts'
import { nodesSection } from './nodes.ts'
import type { Section } from './section.ts'
import { unitsSection } from './units.ts'

/** By name, as a script that is given the words as one text, `$*`. */
type Tools = Readonly<Record<string, string>>

function place() {
  const folder = mkdtempSync(join(tmpdir(), 'section-'))
  const bin = join(folder, 'bin')
  mkdirSync(bin)
  for (const name of ['sh', 'cat', 'cut', 'grep', 'readlink', 'sed', 'sort', 'dirname'])
    symlinkSync(spawnSync('which', [name]).stdout.toString().trim(), join(bin, name))
  return { folder, bin, [Symbol.dispose]: () => rmSync(folder, { recursive: true }) }
}

/** @param at which paths of a machine are below a folder of ours */
function ask(
  { folder, bin }: ReturnType<typeof place>,
  { command }: Section,
  tools: Tools,
  at: readonly string[] = [],
) {
  for (const [name, script] of Object.entries(tools)) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`)
    chmodSync(join(bin, name), 0o755)
  }
  const script = at.reduce((text, path) => text.replaceAll(path, folder + path), command.script)
  const { stdout, status } = spawnSync('sh', ['-c', script], { env: { PATH: bin, HOME: folder }, encoding: 'utf8' })
  return { stdout, status }
}

/** Answers to these words only. */
const words = (said: Readonly<Record<string, string>>): string =>
  `case $* in\n${Object.entries(said)
    .map(([asked, told]) => `${JSON.stringify(asked)}) ${told} ;;`)
    .join('\n')}\n*) exit 9 ;;\nesac`

const LOADED = 'list-units --all --full --plain --no-legend --no-pager'
const FILES = 'list-unit-files --full --no-legend --no-pager'

test('units are asked for what is loaded and for their files; without either nothing is told', () => {
  using here = place()
  const both = { [LOADED]: 'echo a.service loaded active running A', [FILES]: 'echo a.service enabled enabled' }
  const told = ask(here, unitsSection, { systemctl: words(both) })
  assert.deepEqual(unitsSection.parse(told.stdout), { 'a.service': 'enabled, active (running)' })
  for (const half of [LOADED, FILES]) {
    const { status } = ask(here, unitsSection, { systemctl: words({ ...both, [half]: 'exit 4' }) })
    assert.equal(status, 4)
  }
})

const RAW = 'get --raw /api/v1/nodes --request-timeout=5s'
const CONFIG = '/etc/kubernetes/cluster-admin.kubeconfig'

for (const [what, tools, files, said] of [
  ['k3s brings its own kubectl', { k3s: words({ [`kubectl ${RAW}`]: 'echo k3s' }), kubectl: 'exit 9' }, [], 'k3s'],
  [
    "NixOS's kubernetes has an administrator's file",
    { kubectl: `echo "$*"` },
    [CONFIG],
    `--kubeconfig FOLDER${CONFIG} ${RAW}`,
  ],
  [
    'who has a file of their own is asked with that',
    { kubectl: words({ [RAW]: 'echo own' }) },
    ['/.kube/config'],
    'own',
  ],
] as const)
  test(`nodes are asked where Kubernetes is: ${what}`, () => {
    using here = place()
    for (const file of files) {
      mkdirSync(join(here.folder, file, '..'), { recursive: true })
      writeFileSync(join(here.folder, file), '')
    }
    const { stdout, status } = ask(here, nodesSection, tools, [CONFIG])
    assert.deepEqual([stdout.replaceAll(here.folder, 'FOLDER').trim(), status], [said, 0])
  })

for (const [what, tools, said] of [
  ['no Kubernetes', {}, 'there is no Kubernetes here'],
  ['no file', { kubectl: 'echo x' }, 'kubectl is not told where the server of Kubernetes is'],
  ['no answer', { k3s: 'exit 1' }, 'the server of Kubernetes gave no answer'],
] as const)
  test(`where there are no nodes it is said why: ${what}`, () => {
    using here = place()
    const { stdout, status } = ask(here, nodesSection, tools, [CONFIG])
    assert.deepEqual([stdout.trim(), status], [said, 77])
  })

test("listeners are asked of ss, and where that fails of the kernel's tables", () => {
  using here = place()
  const ss = words({ '-H -l -n -p -t -u': 'echo tcp LISTEN 0 1 0.0.0.0:22 0.0.0.0:*' })
  assert.deepEqual(listenersSection.parse(ask(here, listenersSection, { ss }).stdout), { 'tcp 0.0.0.0:22': 'unknown' })
  mkdirSync(join(here.folder, 'proc/net'), { recursive: true })
  const row = '   0: 00000000:0050 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1\n'
  writeFileSync(join(here.folder, 'proc/net/tcp'), row)
  const tables = ask(here, listenersSection, { ss: 'exit 1' }, ['/proc/net'])
  assert.deepEqual([listenersSection.parse(tables.stdout), tables.status], [{ 'tcp 0.0.0.0:80': 'unknown' }, 0])
})

const READ_ONLY = '--store local?read-only=true --extra-experimental-features read-only-local-store'
const SYSTEM = '/nix/store/abc-nixos-system'
const PATHS = "printf '%s\\n' /nix/store/abc-bash-5.2 /nix/store/def-bash-5.2 /nix/store/x-curl-8"

test('the closure is asked without a lock, or plainly of an older Nix; hashes are not told', () => {
  using here = place()
  const readlink = words({ '-f /run/current-system': `echo ${SYSTEM}` })
  rmSync(join(here.bin, 'readlink'))
  for (const query of [`${READ_ONLY} --query --requisites ${SYSTEM}`, `--query --requisites ${SYSTEM}`]) {
    const { stdout, status } = ask(here, closureSection, { readlink, 'nix-store': words({ [query]: PATHS }) })
    assert.deepEqual([stdout, status], ['bash-5.2\ncurl-8\n', 0])
  }
  assert.equal(ask(here, closureSection, { readlink, 'nix-store': 'exit 5' }).status, 5)
  const none = ask(here, closureSection, { readlink: 'echo /run/current-system' })
  assert.deepEqual(none, { stdout: 'there is no active system of NixOS\n', status: 77 })
})

const certificate = (text: string): string => `-----BEGIN CERTIFICATE-----\n${text}\n-----END CERTIFICATE-----\n`
const PLACES = ['/var/lib/', '/etc/ssl/', '/etc/letsencrypt/', '/etc/kubernetes/']

test('certificates are those of the usual places, and what nginx names; of each file the first, and no key', () => {
  using here = place()
  const files = {
    '/var/lib/acme/a b/cert.pem': `words\n${certificate('acme')}${certificate('authority')}`,
    '/etc/ssl/x.crt': certificate('x'),
    '/etc/ssl/key.pem': 'PRIVATE KEY\n',
    '/srv/web.pem': certificate('web'),
    '/etc/nginx/nginx.conf': `  ssl_certificate ${here.folder}/srv/web.pem;\n  ssl_certificate_key /srv/key;\n`,
  }
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(here.folder, name, '..'), { recursive: true })
    writeFileSync(join(here.folder, name), text)
  }
  const start = `{ path=/bin/nginx ; argv[]=/bin/nginx -c '${here.folder}/etc/nginx/nginx.conf' ; }`
  const systemctl = words({ 'show --property=ExecStart --value nginx.service': `cat <<'E'\n${start}\nE\n` })
  const { stdout, status } = ask(here, certificatesSection, { systemctl }, PLACES)
  const piece = (text: string): string => `${text.length}\n${text}\n`
  const told = (path: string, text: string): string => piece(here.folder + path) + piece(text.trimEnd())
  assert.equal(status, 0)
  assert.equal(
    stdout,
    [
      told('/var/lib/acme/a b/cert.pem', certificate('acme')),
      told('/etc/ssl/key.pem', ''),
      told('/etc/ssl/x.crt', certificate('x')),
      told('/srv/web.pem', certificate('web')),
    ].join(''),
  )
})
