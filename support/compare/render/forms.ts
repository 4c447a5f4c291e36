/** Every file that `nixcumber compare` can write. A new one is a file that renders it, and its line here: the option and the help follow. */
import type { Comparison } from '../comparison.ts'

type Render = (comparison: Comparison) => string

interface Form {
  /** `html` is the option `--html FILE`. */
  readonly option: string
  readonly help: string
  /** Loaded when asked for: the options are read at the start of every command. */
  load(): Promise<Render>
}

export const FORMS: readonly Form[] = [
  {
    option: 'html',
    help: 'one page that needs no network',
    load: async () => (await import('./html.ts')).renderComparison,
  },
  {
    option: 'markdown',
    help: 'for a mail or a pull request',
    load: async () => (await import('./markdown.ts')).renderMarkdown,
  },
  { option: 'json', help: 'for programs', load: async () => (await import('./json.ts')).renderComparisonJson },
  {
    option: 'junit',
    help: 'for CI servers: only what is new fails',
    load: async () => (await import('./junit.ts')).renderComparisonJunit,
  },
  {
    option: 'prometheus',
    help: 'figures for the textfile collector of node_exporter',
    load: async () => (await import('./prometheus.ts')).renderPrometheus,
  },
]
