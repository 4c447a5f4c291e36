/** What a virtual machine makes of a host: real Nix, and hosts that say otherwise than a virtual machine would. */
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import test from 'node:test'
import { z } from 'zod'
import { ConfigurationBroken } from '../core/errors.ts'
import { silentProgress } from '../core/progress.ts'
import { Nix } from '../nix/evaluate/nix.ts'
import { nixString } from '../nix/nix-string.ts'
import { findToolchain } from '../nix/tools/find-toolchain.ts'
import { pathReference } from './locator.ts'
import { differenceSchema, type MachineDifference, toDifference } from './plan/machine-difference.ts'
import { Subject } from './subject.ts'
import { writeWrapper } from './wrapper.ts'
import { LOOK_ALIKES } from './written/offline-inputs.ts'

const scratch = mkdtempSync(join(tmpdir(), 'nixcumber-harness-'))
test.after(() => rmSync(scratch, { recursive: true, force: true }))
const toolchain = await findToolchain({ offline: true })
const nix = new Nix({ toolchain, logDir: scratch, cacheDir: scratch, offline: true })
const HOSTS = resolve(import.meta.dirname, '../../fixtures/flakes/contrary')
const STORE_IMAGE = join(import.meta.dirname, 'wrapper/store-image.nix')
const SETTINGS = { authorizedKey: 'ssh-ed25519 AAAA x', agent: 'text' }

const planSchema = z.object({
  vm: z.string(),
  memoryMiB: z.number(),
  cores: z.number(),
  diskMiB: z.number(),
  vmVariant: z.string().nullable(),
  disks: z.array(z.object({ serial: z.string() })),
  differences: z.array(differenceSchema),
})
type Plan = z.infer<typeof planSchema>

const locator = { kind: 'flake', reference: pathReference(HOSTS), folder: HOSTS } as const
const subject = new Subject(locator, { nix, offline: true, scratch, progress: silentProgress })
const target = await writeWrapper(scratch, await subject.wrapped(), SETTINGS, { offline: true })

async function plan(host: string): Promise<Plan> {
  const { value } = await nix.eval(target, { subject: `host "${host}" does not evaluate` }, `plan: plan "${host}"`)
  return planSchema.parse(value)
}

const differences = async (host: string): Promise<MachineDifference[]> =>
  (await plan(host)).differences.map(toDifference)
const optionsOf = (rows: readonly MachineDifference[]): string[] => rows.map(({ option }) => option).toSorted()

/** Options of the machine of a host, as JSON. */
async function inMachine(host: string, body: string): Promise<unknown> {
  const { value } = await nix.eval(
    {
      expression: `let
  evaluate = modules: import (/. + ${nixString(join(LOOK_ALIKES, 'nixpkgs/nixos/lib/eval-config.nix'))}) { inherit modules; system = "x86_64-linux"; };
  folder = /. + ${nixString(HOSTS)};
  hosts = import (folder + "/hosts.nix") // { everything = folder + "/hosts/everything.nix"; };
  host = evaluate [ (folder + "/common.nix") { networking.hostName = "x"; } hosts.${host} ];
  made = import (/. + ${nixString(join(import.meta.dirname, 'wrapper/machine.nix'))}) {
    inherit host;
    nixosShell = /. + ${nixString(join(LOOK_ALIKES, 'nixos-shell'))};
    settings = { authorizedKey = "key"; agent = "text"; runner = "x86_64-linux"; };
  };
  inherit (made.machine) config lib;
  leavesOf = import (/. + ${nixString(join(import.meta.dirname, 'wrapper/definitions.nix'))}) made.machine;
in ${body}`,
    },
    { subject: 'the machine does not evaluate' },
  )
  return value
}

const QUIET = [
  'boot.initrd.availableKernelModules',
  'boot.initrd.kernelModules',
  'boot.loader.grub.device',
  'boot.loader.supportsInitrdSecrets',
  'boot.postBootCommands',
  'environment.etc.gitconfig',
  'environment.loginShellInit',
  'environment.systemPackages',
  'fileSystems."/"',
  'networking.dhcpcd.extraConfig',
  'networking.usePredictableInterfaceNames',
  'services.getty.helpLine',
  'systemd.services.nixcumber-agent',
  'users.users.root.openssh.authorizedKeys.keys',
]

test('of a host that says nothing of the kind, this is otherwise in its machine, and nothing else', async () =>
  assert.deepEqual(optionsOf(await differences('quiet')), QUIET))

test('each has a reason of its own', async () =>
  assert.deepEqual(
    (await differences('quiet')).filter(({ why }) => why.endsWith('sets it')),
    [],
  ))

test('a host that says otherwise is not turned away, and keeps what is no business of a machine', async () => {
  for (const host of ['autologin', 'root-password', 'clock', 'guest-agent', 'names'])
    assert.deepEqual(
      optionsOf(await differences(host)).filter(option => !QUIET.includes(option)),
      [],
      host,
    )
})

test('what it says holds in the machine', async () => {
  const kept = `with config; {
    autologin = services.getty.autologinUser; password = users.users.root.initialHashedPassword; clock = services.timesyncd.enable;
    agent = services.qemuGuest.enable or false; firewall = networking.firewall.enable; names = networking.usePredictableInterfaceNames;
  }`
  assert.deepEqual(await inMachine('everything', kept), {
    autologin: 'simon',
    password: '$6$salt$hash',
    clock: true,
    agent: false,
    firewall: true,
    names: false,
  })
  // What is only NixOS's default is the host's, too: no empty password, and the clock is kept.
  assert.deepEqual(await inMachine('quiet', kept), {
    autologin: null,
    password: '!',
    clock: true,
    agent: false,
    firewall: true,
    names: false,
  })
})

test('what no rule knows and cannot be reconciled is the machine’s, and told with both values', async () => {
  const told = (await differences('unforeseen')).find(({ option }) => option === 'boot.loader.grub.gfxmodeBios')
  assert.equal(told?.host, '640x480')
  assert.equal(told?.machine, '1024x768')
})

test('a host that says otherwise in everything evaluates, and every row has both sides', async () => {
  const rows = await differences('everything')
  assert.deepEqual(
    optionsOf(rows).filter(option => !QUIET.includes(option)),
    [
      'boot.initrd.luks.devices.crypt',
      'boot.loader.grub.gfxmodeBios',
      'environment.etc.gitconfig.text',
      'fileSystems."/srv"',
      'networking.wireless.enable',
      'services.connman.enable',
      'services.xserver.defaultDepth',
      'services.xserver.monitorSection',
      'services.xserver.resolutions',
      'services.xserver.videoDrivers',
      'swapDevices',
    ],
  )
})

test('that host leaves out nothing of what the modules set', async () => {
  const missing = await inMachine(
    'everything',
    `let
    show = builtins.concatStringsSep ".";
    said = map (leaf: show leaf.path) (leavesOf "host" [ (folder + "/hosts/everything.nix") ]);
    covered = path: path != [ ] && (builtins.elem (show path) said || covered (builtins.genList (builtins.elemAt path) (builtins.length path - 1)));
    below = path: builtins.any (one: builtins.substring 0 (builtins.stringLength (show path) + 1) one == show path + ".") said;
  in map (leaf: show leaf.path) (builtins.filter (leaf: !(covered leaf.path) && !(below leaf.path)) made.leaves)`,
  )
  assert.deepEqual(missing, [])
})

test('what is added to a list of its own is told as added', async () =>
  assert.equal(
    (await differences('git')).find(({ option }) => option === 'programs.git.config')?.machine,
    '+ { safe = { directory = *; }; user = { name = simon; }; }, - { user = { name = simon; }; }',
  ))

test('its own virtualisation.vmVariant is in the machine, below what the harness needs', async () => {
  const { vmVariant, memoryMiB, cores, differences: rows } = await plan('variant')
  assert.deepEqual({ vmVariant, memoryMiB, cores }, { vmVariant: 'vmVariant', memoryMiB: 1536, cores: 2 })
  const told = rows.map(toDifference).find(({ option }) => option === 'services.timesyncd.enable')
  assert.deepEqual(told, {
    option: 'services.timesyncd.enable',
    host: 'true',
    machine: 'false',
    why: "the host's own virtualisation.vmVariant",
  })
  assert.equal(await inMachine('variant', 'config.services.getty.autologinUser'), 'simon')
})

test('further file systems of the host are there, empty, and what cannot be had is named', async () => {
  const { disks, differences: found } = await plan('forgetful')
  assert.deepEqual(
    disks.map(({ serial }) => serial),
    ['data0', 'data1'],
  )
  const told = found.map(toDifference).filter(({ option }) => /^(?:fileSystems|swapDevices)/.test(option))
  assert.deepEqual(
    told.map(({ option, host, machine }) => [option, host, machine]),
    [
      ['fileSystems."/mnt/nas"', 'nfs on nas:/export', undefined],
      ['fileSystems."/nix"', 'btrfs on /dev/disk/by-label/nix (subvol=nix)', 'ext4 on /dev/disk/by-label/nixos'],
      [
        'fileSystems."/persist"',
        'btrfs on /dev/disk/by-label/nix (subvol=persist,noexec)',
        'ext4 on an empty disk (noexec)',
      ],
      ['fileSystems."/srv"', 'ext4 on /dev/disk/by-label/srv (noatime)', 'ext4 on an empty disk (noatime)'],
      ['swapDevices', undefined, '- /dev/disk/by-label/swap'],
    ],
  )
})

test('values are compared to their end, however long they are', async () => {
  const { value } = await nix.eval(
    {
      expression: `let
  long = end: { services.x.text = builtins.concatStringsSep "" (builtins.genList (_: "a") 1000) + end; };
  differences = import (/. + ${nixString(join(import.meta.dirname, 'wrapper/differences.nix'))});
in differences { host.config = long "host"; machine.config = long "machine"; noRoom = [ ]; } [
  { from = "vmVariant"; path = [ "services" "x" "text" ]; }
]`,
    },
    { subject: 'the differences do not evaluate' },
  )
  const [found, ...others] = z.array(differenceSchema).parse(value).map(toDifference)
  assert.deepEqual(others, [])
  assert.match(found?.host ?? '', /^…a+host$/)
  assert.match(found?.machine ?? '', /^…a+machine$/)
})

test('of more file systems than a virtual machine has disks for, those that are left over are named as such', async () => {
  const { value } = await nix.eval(
    {
      expression: `let
  at = number: { name = "/srv/\${toString number}"; value = { device = "/dev/x"; fsType = "ext4"; options = [ ]; neededForBoot = false; }; };
  host.config.fileSystems = builtins.listToAttrs (builtins.genList at 14);
  disks = import (/. + ${nixString(join(import.meta.dirname, 'wrapper/disks.nix'))}) { inherit host; formats = [ "ext4" ]; };
  differences = import (/. + ${nixString(join(import.meta.dirname, 'wrapper/differences.nix'))});
in {
  count = builtins.length disks.disks;
  found = differences { inherit host; machine.config.fileSystems = disks.fileSystems; inherit (disks) noRoom; } [
    { from = "qemu-vm.nix"; path = [ "fileSystems" ]; }
  ];
}`,
    },
    { subject: 'the disks do not evaluate' },
  )
  const { count, found } = z.object({ count: z.number(), found: z.array(differenceSchema) }).parse(value)
  assert.equal(count, 12)
  const gone = found.map(toDifference).filter(({ machine }) => machine === undefined)
  assert.deepEqual(
    gone.map(({ option, why }) => [option, /twelve further file systems/.test(why)]),
    [
      ['fileSystems."/srv/8"', true],
      ['fileSystems."/srv/9"', true],
    ],
  )
})

test('a root in memory stays one, all of Nix is on the disk, and a place of the same tree stays where it is', async () =>
  assert.deepEqual(
    await inMachine(
      'forgetful',
      `builtins.mapAttrs (_: one: "\${one.fsType} \${toString one.device} \${builtins.concatStringsSep "," one.options}") {
    inherit (config.fileSystems) "/" "/nix" "/var/lib/ledger";
  }`,
    ),
    {
      '/': 'tmpfs none defaults,size=50%,mode=755',
      '/nix': 'ext4 /dev/disk/by-label/nixos defaults',
      '/var/lib/ledger': 'none /persist/ledger bind,noauto',
    },
  ))

test('disko’s variant is taken where the other is empty, and its persistent folder has a disk', async () => {
  const { vmVariant, memoryMiB, disks } = await plan('partitioned')
  assert.deepEqual([vmVariant, memoryMiB, disks.length], ['vmVariantWithDisko', 1280, 1])
})

test('a machine is as big as what its host runs needs, when nothing is said of it', async () => {
  const { memoryMiB, cores, diskMiB } = await plan('quiet')
  assert.deepEqual({ memoryMiB, cores, diskMiB }, { memoryMiB: 1024, cores: 1, diskMiB: 4096 })
  const desktop = await plan('everything')
  assert.deepEqual([desktop.memoryMiB, desktop.cores, desktop.diskMiB], [4096, 2, 16384])
})

test('a host that is wrong is still turned away, in NixOS’s words', async () =>
  assert.rejects(plan('broken'), error => {
    assert.ok(error instanceof ConfigurationBroken)
    assert.match(error.message, /services\.timesyncd\.enable' is not of type `boolean'/)
    return true
  }))

test('it is the machine that nixos-shell itself would make', async () =>
  assert.equal(
    await inMachine('quiet', 'config.system.build.vm.drvPath == config.system.build.nixos-shell.drvPath'),
    true,
  ))

test('nothing of the runner gets in, nothing is shared, and sshd is not turned on', async () =>
  assert.deepEqual(
    await inMachine(
      'quiet',
      `with config; {
    inherit (nixos-shell) inheritPath; inherit (nixos-shell.mounts) mountHome mountNixProfile;
    inherit (virtualisation) sharedDirectories forwardPorts graphics writableStore; sshd = services.openssh.enable;
  }`,
    ),
    {
      inheritPath: false,
      mountHome: false,
      mountNixProfile: false,
      sharedDirectories: {},
      forwardPorts: [],
      graphics: false,
      writableStore: true,
      sshd: false,
    },
  ))

const ON_STORE = ['/nix/store', '/nix/.ro-store'].map(path => `"${path}"`).join(' ')

test('the store is an image that the script does not make, below an overlay, as qemu-vm.nix itself would mount it', async () => {
  const mounts = `map (path: { inherit (config.fileSystems.\${path}) device fsType neededForBoot; options = lib.unique config.fileSystems.\${path}.options; }) [ ${ON_STORE} ]`
  const [overlay, image] = [
    {
      device: 'overlay',
      fsType: 'overlay',
      options: ['lowerdir=/nix/.ro-store', 'upperdir=/nix/.rw-store/upper', 'workdir=/nix/.rw-store/work'],
      neededForBoot: false,
    },
    { device: '/dev/disk/by-label/nix-store', fsType: 'erofs', options: ['ro'], neededForBoot: true },
  ]
  assert.deepEqual(
    await inMachine(
      'quiet',
      `{ inherit (config.virtualisation) useNixStoreImage mountHostNixStore; mounts = ${mounts}; maker = made.storeImage.name; }`,
    ),
    { useNixStoreImage: false, mountHostNixStore: false, mounts: [overlay, image], maker: 'store-image-maker' },
  )
})

test('where qemu-vm.nix does it in another way its own image stays', async () => {
  const older = join(scratch, 'older/virtualisation')
  mkdirSync(older, { recursive: true })
  const text = readFileSync(join(LOOK_ALIKES, 'nixpkgs/nixos/modules/virtualisation/qemu-vm.nix'), 'utf8')
  writeFileSync(join(older, 'qemu-vm.nix'), text.replace('--tar=f', '--exclude-regex=…'))
  const fits = (modules: string) => `(import (/. + ${nixString(STORE_IMAGE)})).fits ${nixString(modules)}`
  const folders = [join(LOOK_ALIKES, 'nixpkgs/nixos/modules'), join(older, '..'), scratch]
  assert.deepEqual(await inMachine('quiet', `[ ${folders.map(folder => `(${fits(folder)})`).join(' ')} ]`), [
    true,
    false,
    false,
  ])
  // Nor is it said of one that makes no image of it by itself.
  writeFileSync(join(scratch, 'older/virtualisation/qemu-vm.nix'), text.replace('--tar=f', ''))
  const costly = (modules: string) => `(import (/. + ${nixString(STORE_IMAGE)})).isCostly ${nixString(modules)}`
  assert.deepEqual(await inMachine('quiet', `[ ${folders.map(folder => `(${costly(folder)})`).join(' ')} ]`), [
    false,
    true,
    false,
  ])
})
