import type { Report } from '../report.ts'
import { html, type Markup } from './markup.ts'

/** What exactly was judged, and on what: without it a verdict is worth nothing tomorrow. */
export function facts({ run }: Report): Markup {
  const machines = Object.entries(run.machines)
  return html`<section class="facts">
<h2>What was judged</h2>
${table([
  ['Flake', run.flake?.reference],
  ['Revision', run.flake?.revision],
  ['narHash', run.flake?.narHash],
  ...Object.entries(run.toplevels).map(([host, path]) => [`System of ${host}`, path] as const),
  [
    'Features',
    run.features &&
      [run.features.revision, run.features.dirty && 'with changes', run.features.hash].filter(Boolean).join(', '),
  ],
  ['Inputs', run.inputs === 'offline' ? 'offline look-alikes' : 'real'],
  ...Object.entries(run.flake?.inputs ?? {}).map(([name, from]) => [`Input ${name}`, from] as const),
  ['Set by the harness', run.flake?.harness?.join(', ')],
])}
${machines.map(([name, known]) => html`<h3>Machine ${name}</h3>${table(Object.entries(known).map(([key, value]) => [words(key), String(value)] as const))}${sizes(run.sizes?.[name] ?? [])}${differences(name, run.differences?.[name] ?? [])}`)}
${run.notes.length > 0 && html`<h3>Notes</h3><ul>${run.notes.map(note => html`<li>${note}</li>`)}</ul>`}
<h3>Runner</h3>
${table([
  ['nixcumber', run.tool.version],
  ['Node.js', run.tool.node],
  ['Command', `nixcumber ${run.command.join(' ')}`],
  ['Start', run.start],
  ['End', run.end],
  ['Exit code', run.exitCode === undefined ? undefined : String(run.exitCode)],
])}
</section>`
}

/** Tags give a scenario a machine of another size: what stands above is the last one. */
const sizes = (all: NonNullable<Report['run']['sizes']>[string]): Markup | false =>
  all.length > 0 &&
  html`<p>It had more than one size:</p>
<table><tr><th scope="col">Memory, MiB</th><th scope="col">Cores</th><th scope="col">Disk, MiB</th><th scope="col">Scenarios</th></tr>
${all.map(({ memoryMiB = '', cores = '', diskMiB = '', scenarios }) => html`<tr><td>${String(memoryMiB)}</td><td>${String(cores)}</td><td>${String(diskMiB)}</td><td>${scenarios.join(', ')}</td></tr>`)}</table>`

/** What was judged is the host in a virtual machine: what is not the host's own must be known to those who read the verdict. */
const differences = (name: string, rows: NonNullable<Report['run']['differences']>[string]): Markup | false =>
  rows.length > 0 &&
  html`<h3>Differences between machine ${name} and its host</h3>
<table><tr><th scope="col">Option</th><th scope="col">Host</th><th scope="col">Machine</th><th scope="col">Why</th></tr>
${rows.map(({ option, host = '', machine = 'not there', why }) => html`<tr><th scope="row">${option}</th><td>${host}</td><td>${machine}</td><td>${why}</td></tr>`)}</table>`

const table = (rows: readonly (readonly [string, string | undefined])[]): Markup =>
  html`<table>${rows.filter(([, value]) => value !== undefined && value !== '').map(([key, value]) => html`<tr><th scope="row">${key}</th><td>${value}</td></tr>`)}</table>`

/** `secondsToReady` is for programs. */
const words = (key: string): string => key.replaceAll(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`)
