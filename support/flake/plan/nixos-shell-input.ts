import type { LockedInput } from '../../nix/evaluate/flake-metadata.ts'

const NAME = 'nixos-shell'
/** Of nixos-shell 2.2.0 (2026-04-24): the first that knows an initrd with systemd, which it fails on before (af3d5de). */
const LEAST = { version: '2.2.0', madeAt: 1_776_986_207 }

/**
 * Which of a flake's inputs is nixos-shell: by its address, whatever name it has; a copy or fork at another address by its name. One that is too old is left, with the reason: then
 * nixcumber takes its own. What has no revision (a folder) says nothing of its age and is taken.
 */
export function nixosShellInput(inputs: Readonly<Record<string, LockedInput>>): { name?: string; left?: string } {
  const known = Object.entries(inputs)
  const [name, input] = known.find(([, { url }]) => isNixosShell(url)) ?? known.find(([name]) => name === NAME) ?? []
  if (name === undefined || input === undefined) return {}
  const { revision, lastModified, url } = input
  if (revision === undefined || lastModified === undefined || lastModified >= LEAST.madeAt) return { name }
  const day = new Date(lastModified * 1000).toISOString().slice(0, 10)
  return {
    left: `The flake's input ${name} (${url}, of ${day}) is older than nixos-shell ${LEAST.version} and not taken; nixcumber's own is`,
  }
}

const isNixosShell = (url: string): boolean => /(?:^|[/:])nixos-shell(?:\.git)?(?:$|[/?#])/i.test(url)
