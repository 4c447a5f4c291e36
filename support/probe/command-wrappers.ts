/** Programs that run what follows them. */
import { behind } from './command-words.ts'

/** The other program's words, or its script. */
export const WRAPPERS: Readonly<Record<string, (args: readonly string[]) => readonly string[] | string | undefined>> = {
  sudo: args =>
    behind(
      args,
      /^(-[ugpCrtTUDRh]|--(user|group|prompt|host|chdir|chroot|role|type|other-user|command-timeout|close-from))$/,
    ),
  doas: args => behind(args, /^-[uC]$/),
  env: args => behind(args, /^-[uCS]$/),
  nice: args => behind(args, /^-n$/),
  ionice: args => behind(args, /^-[cn]$/),
  timeout: args => behind(args, /^-[ks]$/, 1),
  time: args => behind(args, /^-[fo]$/),
  nohup: args => args,
  setsid: args => behind(args, /^$/),
  stdbuf: args => behind(args, /^-[ioe]$/),
  chroot: args => behind(args, /^$/, 1),
  runuser: args => scriptOf(args) ?? behind(args, /^-[ugG]$/),
  su: args => scriptOf(args),
  xargs: args => behind(args, /^-[adEIiLnPs]$/),
  watch: args => behind(args, /^-[n]$/).join(' '),
  eval: args => args.join(' '),
  exec: args => behind(args, /^-a$/),
  command: args => (/^-[vV]$/.test(args[0] ?? '') ? 'true' : behind(args, /^$/)),
  builtin: args => args,
  busybox: args => args,
  nsenter: args => behind(args, /^-[tSG]$/),
  trap: args => args[0] ?? 'true',
  find: args => {
    if (args.some(arg => /^-(delete|fprint0?|fprintf|fls)$/.test(arg))) return ['rm']
    const run = args.findIndex(arg => /^-(exec|ok)(dir)?$/.test(arg))
    return run < 0 ? ['true'] : args.slice(run + 1)
  },
  ...Object.fromEntries(['sh', 'bash', 'dash', 'zsh', 'ksh', 'ash'].map(shell => [shell, scriptOf])),
}

/** `-c TEXT`, also as `-lc TEXT`. */
function scriptOf(args: readonly string[]): string | undefined {
  const at = args.findIndex(arg => /^-[a-z]*c$/.test(arg) || arg === '--command')
  return at < 0 ? undefined : args[at + 1]
}
