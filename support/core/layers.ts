/**
 * Who may import whom, by folder. Only downwards; a folder may always import itself.
 * The picture with its reasons is in CONTRIBUTING.md.
 */
export const LAYERS: Readonly<Record<string, readonly string[]>> = {
  core: [],
  nix: ['core'],
  console: ['core'],
  shell: ['core', 'console'],
  hcloud: ['core'],
  effect: ['core'],
  network: ['core'],
  flake: ['core', 'nix'],
  probe: ['core', 'effect'],
  expect: ['core'],
  kubernetes: ['core', 'probe'],
  claim: ['core', 'probe', 'expect', 'kubernetes'],
  target: ['core', 'nix', 'shell', 'flake', 'probe', 'machine'],
  machine: ['core', 'nix', 'console', 'shell', 'flake'],
  record: ['core', 'nix'],
  report: ['core', 'record'],
  compare: ['core', 'record', 'report'],
  gate: ['core', 'nix', 'flake', 'probe', 'target', 'record', 'report', 'compare'],
  deploy: ['core', 'nix', 'flake', 'shell', 'probe', 'machine', 'target', 'record', 'gate', 'expect'],
  world: [
    ...['core', 'nix', 'console', 'shell', 'network', 'effect', 'hcloud'],
    ...['flake', 'probe', 'expect', 'kubernetes', 'claim', 'machine', 'target', 'record', 'report'],
  ],
  steps: ['core', 'flake', 'probe', 'expect', 'kubernetes', 'claim', 'machine', 'target', 'world'],
  config: ['core', 'hcloud', 'nix', 'machine', 'target', 'record', 'world'],
  cucumber: ['core', 'effect', 'record', 'world'],
  runner: ['core', 'machine', 'record', 'report', 'world', 'config', 'cucumber'],
  cli: [
    ...['core', 'nix', 'flake', 'machine', 'target', 'record', 'report', 'compare', 'gate', 'deploy', 'world'],
    ...['config', 'cucumber', 'runner'],
  ],
  testing: ['core', 'nix', 'shell', 'machine', 'record', 'report'],
  features: ['world', 'testing'],
}

/** The same for the rooms of a folder that has such; '' is what lies in the folder itself. */
export type Rooms = Readonly<Record<string, readonly string[]>>

/** What a machine is lies in the folder itself, as types: every room knows it, and it knows the nouns of two of them. */
const MACHINE: Rooms = {
  '': ['qemu', 'display', 'store'],
  runtime: [''],
  qemu: ['', 'runtime'],
  display: ['', 'qemu'],
  console: ['', 'runtime'],
  access: ['', 'qemu'],
  snapshot: ['', 'qemu'],
  store: ['', 'runtime'],
  vm: ['', 'qemu', 'display', 'console', 'access', 'snapshot', 'store'],
  install: ['', 'qemu', 'access', 'vm'],
  drivers: ['', 'qemu', 'access', 'store', 'vm', 'install'],
  pool: ['', 'runtime', 'drivers'],
}

export const ROOMS: Readonly<Record<string, Rooms>> = {
  core: { text: [], time: [], secrets: [], '': ['text'], files: [''], values: ['', 'time'] },
  nix: { '': [], reason: [''], evaluate: ['', 'reason'], toolbox: [''], tools: ['', 'toolbox'] },
  claim: {
    '': [],
    ...{ accounts: [''], files: [''], network: [''], storage: [] },
    ...{ units: [''], system: ['', 'units'], kubernetes: [''] },
  },
  machine: MACHINE,
  cucumber: { effects: [], selection: [], loading: ['selection'], '': ['effects', 'selection', 'loading'] },
}

/** The only file that may name a concrete machine driver. */
export const DRIVER_REGISTRY = 'support/machine/pool/driver-registry.ts'
