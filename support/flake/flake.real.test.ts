/** Flakes of a few lines, asked through real Nix: the module system is the offline lib's, there is no NixOS in it. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import test from 'node:test'
import { ConfigurationBroken, ExpectationNotMet, UsageError } from '../core/errors.ts'
import { findToolchain } from '../nix/tools/find-toolchain.ts'
import { FlakeInPlay } from './flake-in-play.ts'
import { Flakes } from './flakes.ts'
import { pathReference } from './locator.ts'
import { LOOK_ALIKES } from './written/offline-inputs.ts'

const scratch = mkdtempSync(join(tmpdir(), 'nixcumber-flake-'))
test.after(() => rmSync(scratch, { recursive: true, force: true }))
const toolchain = await findToolchain({ offline: true })

const OPTIONS = `{ lib, config, ... }: {
  options.services.nginx.enable = lib.mkOption { type = lib.types.bool; default = false; };
  options.services.nginx.hosts = lib.mkOption { type = lib.types.attrsOf lib.types.str; default = { }; };
  options.services.openssh.ports = lib.mkOption { type = lib.types.listOf lib.types.int; default = [ 22 ]; };
  options.networking.hostName = lib.mkOption { type = lib.types.str; };
  options.motto = lib.mkOption { type = lib.types.str; };
  options.package = lib.mkOption { type = lib.types.raw; default = config.system.build.toplevel; };
  options.system.build = lib.mkOption { type = lib.types.lazyAttrsOf lib.types.raw; default = { }; };
  config.system.build.toplevel = derivation {
    name = "nixos-system-\${config.networking.hostName}-1";
    system = "x86_64-linux";
    builder = "/bin/sh";
    args = [ "-c" "echo \${builtins.toJSON [ config.services.openssh.ports config.services.nginx.enable ]} > $out" ];
  };
}
`
const LIB = pathReference(join(LOOK_ALIKES, 'nixpkgs/lib'))
const FLAKE = `{
  inputs.library = { url = "${LIB}"; flake = false; };
  outputs = { library, ... }: {
    nixosConfigurations.t14 = (import library).evalModules { modules = [ ./options.nix ./web.nix ]; };
  };
}
`
const WEB = `{
  networking.hostName = "t14";
  services.nginx.enable = true;
  services.nginx.hosts."a.b" = "/srv";
}
`

let projects = 0
function project(files: Readonly<Record<string, string>> = {}, name = 'project'): string {
  projects += 1
  const folder = join(scratch, `${projects}`, name)
  for (const [path, text] of Object.entries({ 'flake.nix': FLAKE, 'options.nix': OPTIONS, 'web.nix': WEB, ...files })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}

function play(folder: string, offline = true): { flake: FlakeInPlay; notes: string[] } {
  const notes: string[] = []
  const run = join(scratch, 'run', String(projects))
  const progress = { start: () => ({ update() {}, done() {} }), note: (text: string) => void notes.push(text) }
  const flakes = new Flakes({
    projectDir: folder,
    offline,
    cacheDir: join(scratch, 'cache'),
    scratch: join(run, 'work'),
    logDir: join(run, 'log'),
    progress,
    toolchain: async () => toolchain,
  })
  return { flake: new FlakeInPlay(flakes), notes }
}

const git = (folder: string, ...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@x', ...args], { cwd: folder, encoding: 'utf8' })

test('a flake evaluates, and nothing is written to it', async () => {
  const folder = project()
  const { flake } = play(folder)
  await flake.evaluate()
  assert.deepEqual(await flake.hosts(), ['t14'])
  assert.deepEqual(readdirSync(folder).toSorted(), ['flake.nix', 'options.nix', 'web.nix'])
})

test('its failing twin does not, and says where', async () => {
  const { flake } = play(project({ 'web.nix': WEB.replace('nginx.enable', 'ngnix.enable') }))
  await assert.rejects(flake.evaluate(), error => {
    assert.ok(error instanceof ConfigurationBroken)
    assert.match(error.message, /^host "t14" does not evaluate: The option `services\.ngnix' does not exist\.\n/)
    assert.match(error.message, /Where +web\.nix:3\n/)
    assert.match(error.message, /did you mean `services\.nginx'/)
    assert.match(error.message, /whole log: .*-eval\.log/)
    return true
  })
})

test("a fault in an input's flake.nix is not looked for in the user's: every flake has one", async () => {
  const input = project({ 'flake.nix': '{ outputs = _: { lib.host = throw "not on a Sunday"; }; }' })
  const flake = `{
  inputs.other.url = "${pathReference(input)}";
  outputs = { other, ... }: {
    nixosConfigurations.t14 = other.lib.host;
  };
}
`
  await assert.rejects(play(project({ 'flake.nix': flake })).flake.evaluateHost('t14'), error => {
    assert.ok(error instanceof ConfigurationBroken)
    assert.match(error.message, /not on a Sunday\n/)
    assert.doesNotMatch(error.message, /flake\.nix:1/)
    return true
  })
})

test('a host that does not evaluate for the reason given is what was wanted', async () => {
  const { flake } = play(project({ 'web.nix': WEB.replace('nginx.enable', 'ngnix.enable') }))
  await flake.refusesHost('t14', "The option `services.ngnix' does not exist")
  await flake.refusesHost('t14', 'The option ‘services.ngnix’ does not exist')
  await assert.rejects(flake.refusesHost('t14', 'infinite recursion'), /does not evaluate for another reason/)
})

test('a host that evaluates although it should not', async () => {
  await assert.rejects(play(project()).flake.refusesHost('t14', 'x'), ExpectationNotMet)
})

test('an unknown host is refused with the nearest', async () => {
  await assert.rejects(play(project()).flake.evaluateHost('t15'), error => {
    assert.ok(error instanceof UsageError)
    assert.match(error.message, /There is no host "t15"[\s\S]*Did you mean +t14/)
    return true
  })
})

const rows = (...pairs: readonly (readonly [string, string])[]) => pairs.map(([option, value]) => ({ option, value }))

test('options hold', async () => {
  const { flake } = play(project())
  await flake.expectOptions(
    't14',
    rows(
      ['services.nginx.enable', 'true'],
      ['services.nginx.hosts."a.b"', '/srv'],
      ['services.nginx.hosts', '{"a.b":"/srv"}'],
      ['services.openssh.ports', '[22]'],
      ['networking.hostName', 't14'],
      ['package', 'nixos-system-t14-1'],
    ),
  )
})

test('each option that does not hold is reported, those that do are not', async () => {
  const wanted = rows(
    ['services.nginx.enable', 'false'],
    ['networking.hostName', 't14'],
    ['services.nginx.hosts."a.c"', '/srv'],
    ['services.opensh.ports', '[22]'],
    ['motto', 'x'],
  )
  await assert.rejects(play(project()).flake.expectOptions('t14', wanted), error => {
    assert.ok(error instanceof ExpectationNotMet)
    assert.match(error.message, /^4 of 5 options of host "t14" do not hold\n/)
    assert.match(error.message, /nginx\.enable is not "false"\n[\s\S]*Observed +true\n *Evidence +set in web\.nix/)
    assert.match(error.message, /hosts\."a\.c" is not set[\s\S]*Did you mean +services\.nginx\.hosts\."a\.b"/)
    assert.match(error.message, /services\.opensh\.ports does not exist[\s\S]*Did you mean +services\.openssh/)
    assert.match(error.message, /motto does not evaluate: The option `motto' was accessed but has no value defined/)
    assert.doesNotMatch(error.message, /hostName is/)
    return true
  })
})

test('where an option is set is said of options that are set', async () => {
  const evidenceOf = async (folder: string, option: string): Promise<string | undefined> => {
    const error: unknown = await play(folder)
      .flake.expectOptions('t14', rows([option, '"other"']))
      .catch(reason => reason)
    return /Evidence +(.*)/.exec(error instanceof Error ? error.message : '')?.[1]
  }
  const inline = (modules: string): Promise<string | undefined> =>
    evidenceOf(project({ 'flake.nix': FLAKE.replace('modules = [', `modules = [ ${modules}`) }), 'motto')
  assert.equal(await inline('{ motto = "inline"; } ({ lib, ... }: { })'), 'set inline in flake.nix:4')
  assert.equal(await inline('{ }\n({ lib, ... }: { motto = "inline"; })'), 'set inline in flake.nix:5')
  assert.equal(await inline('{ imports = [ { }\n{ config.motto = "inline"; } ]; }'), 'set inline in flake.nix:5')
  assert.equal(await inline('(_: { motto = "inline"; })'), 'set in a module that stands in no file of its own')
  assert.equal(await evidenceOf(project(), 'services.openssh.ports'), 'not set: the default')
  assert.equal(await evidenceOf(project(), 'services.nginx.enable'), 'set in web.nix')
})

test('an option that does not exist is the feature’s mistake', async () => {
  await assert.rejects(play(project()).flake.expectOptions('t14', rows(['services.opensh.ports', '1'])), UsageError)
})

test('a value that Nix cannot go on after does not hide the others', async () => {
  const broken = WEB.replace('"/srv"', 'lib.nonesuch').replace('{\n', '{ lib, ... }: {\n')
  const wanted = rows(['networking.hostName', 't14'], ['services.nginx.hosts."a.b"', '/srv'])
  await assert.rejects(
    play(project({ 'web.nix': broken })).flake.expectOptions('t14', wanted),
    /^ExpectationNotMet: 1 of 2 options[\s\S]*hosts\."a\.b" does not evaluate: attribute 'nonesuch' missing \(web\.nix:4\)/,
  )
})

test('names are never read as code', async () => {
  const name = 'a"b${throw "x"}'
  const flakeText = FLAKE.replace('nixosConfigurations.t14', 'nixosConfigurations."a\\"b\\${throw \\"x\\"}"')
  const web = WEB.replace('"a.b"', '"\\${evil} \\"q\\""')
  const { flake } = play(project({ 'flake.nix': flakeText, 'web.nix': web }))
  await flake.evaluateHost(name)
  await flake.expectOptions(name, rows(['services.nginx.hosts."\\${evil} \\"q\\""', '/srv']))
})

test('a folder may have any name', async () => {
  await play(project({}, `it's [a] "b" %20 #1 ?x=y ü`)).flake.evaluateHost('t14')
})

test('a dirty work tree is judged as it is; what git does not know is said', async () => {
  const folder = project()
  git(folder, 'init', '-q')
  git(folder, 'add', '-A')
  git(folder, 'commit', '-qm', 'x')
  writeFileSync(join(folder, 'web.nix'), WEB.replace('enable = true', 'enable = false'))
  writeFileSync(join(folder, 'new module.nix'), '{ }')
  const { flake, notes } = play(folder)
  await flake.expectOptions('t14', rows(['services.nginx.enable', 'false']))
  assert.match(notes.join('\n'), /Nix does not see new module\.nix: not known to git.*git add/)
  assert.deepEqual(git(folder, 'status', '--porcelain').trim().split('\n'), ['M web.nix', '?? "new module.nix"'])
  const metadata = await (await flake.subject()).metadata()
  assert.match(metadata?.dirtyRevision ?? '', /^[0-9a-f]{40}-dirty$/)
})

test('a module that git does not know is missing, with a hint', async () => {
  const folder = project({ 'web.nix': WEB.replace('{\n', '{\n  imports = [ ./extra.nix ];\n') })
  git(folder, 'init', '-q')
  git(folder, 'add', '-A')
  writeFileSync(join(folder, 'extra.nix'), '{ }')
  await assert.rejects(play(folder).flake.evaluateHost('t14'), /path 'extra\.nix' does not exist[\s\S]*git add/)
})

const withInput = (use: string): string =>
  FLAKE.replace('outputs = {', 'inputs.home.url = "github:nix-community/home-manager";\n  outputs = { home,').replace(
    './web.nix',
    `./web.nix ${use}`,
  )

test('offline, an input without a look-alike is refused by name when it is used', async () => {
  const { flake } = play(project({ 'flake.nix': withInput('home.nixosModules.home-manager') }))
  await assert.rejects(flake.evaluateHost('t14'), error => {
    assert.ok(error instanceof UsageError)
    assert.match(error.message, /the input "home" \(github:nix-community\/home-manager\) is needed/)
    return true
  })
})

test('offline, a file that a look-alike has not could not be checked; one that the flake has not is its own fault', async () => {
  const tree = withInput('"${home}/no-such.nix"').replace('outputs =', 'inputs.home.flake = false;\n  outputs =')
  await assert.rejects(play(project({ 'flake.nix': tree })).flake.evaluateHost('t14'), {
    exitCode: 3,
    message: /could not be evaluated: path '\/nix\/store\/.*no-such\.nix' does not exist[\s\S]*run without --offline/,
  })
  await assert.rejects(play(project({ 'flake.nix': withInput('./no-such.nix') })).flake.evaluateHost('t14'), {
    exitCode: 1,
    message: /does not evaluate: path 'no-such\.nix' does not exist/,
  })
})

test('offline, an input that nothing uses does no harm', async () => {
  const { flake } = play(project({ 'flake.nix': withInput('') }))
  await flake.evaluateHost('t14')
  const inputs = await (await flake.subject()).standIns()
  assert.equal(inputs.home?.kind, 'missing')
  assert.equal(inputs.library?.kind, 'local')
})

const FILE = `{ name ? "attic" }: {
  ${'${name}'} = (import ${join(LOOK_ALIKES, 'nixpkgs/lib')}).evalModules {
    modules = [ ./options.nix { networking.hostName = "attic"; } ];
  };
}
`

test('without flakes: a file and an attribute', async () => {
  const { flake } = play(project({ 'hosts.nix': FILE }))
  await flake.evaluateHost('hosts.nix:attic')
  await flake.expectOptions('hosts.nix:attic', rows(['networking.hostName', 'attic']))
  await assert.rejects(flake.evaluateHost('hosts.nix:atic'), ConfigurationBroken)
  flake.use('hosts.nix')
  await flake.evaluateHost('attic')
  await assert.rejects(flake.evaluateHost('atic'), /Did you mean +attic/)
})

test('an assembled flake has the given modules; one with an underscore is said to be ignored', async () => {
  const { flake, notes } = play(project())
  flake.assemble('.')
  flake.addModule('_parts/x.nix', '{ }')
  assert.match(notes.join('\n'), /modules\/_parts\/x\.nix: import-tree ignores/)
  await flake.evaluateHost('t14')
})

test('a module needs a flake that is being put together', () => {
  assert.throws(() => play(project()).flake.addModule('a.nix', '{ }'), /Given a dendritic flake/)
})

test('the same question is asked once', async () => {
  const folder = project()
  const { flake } = play(folder)
  await flake.evaluateHost('t14')
  writeFileSync(join(folder, 'web.nix'), 'no longer Nix {')
  await flake.evaluateHost('t14')
})
