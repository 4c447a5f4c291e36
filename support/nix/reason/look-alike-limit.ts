/** What a rehearsal cannot rehearse: a limit of the look-alike of nixpkgs says nothing of the configuration. Pure. */
import { nearest } from '../../core/text/nearest.ts'
import type { Reading } from './reason.ts'

const LIMIT = /offline (?:look-alike|nixpkgs)|the look-alike of (?:nixpkgs|flake-parts)/

/** Files of the user's are shown by their own path. */
const IN_NO_OWN_FILE =
  /^(?:path|getting status of|opening (?:file|directory)|reading (?:file|directory)) '?"?\/nix\/store\//

/** @param shown what Nix says. Undefined where it is no limit of the look-alike */
export function lookAlikeLimit(shown: string, offline: boolean): Reading | undefined {
  if (saysSo(shown))
    return limit("this is a limit of the offline look-alike, and not the configuration's fault: run without --offline")
  if (offline && IN_NO_OWN_FILE.test(shown))
    return limit('the offline look-alikes of inputs have not every file that the real ones have: run without --offline')
  return offline && isOptionBeyond(shown)
    ? limit(
        'the offline look-alike has no such option, and cannot know whether NixOS has it: run without --offline, or look for a typing error',
      )
    : undefined
}

const limit = (hint: string): Reading => ({ kind: 'offline-limit', fault: 'environment', hint })

/** Of several failed assertions all must be the look-alike's. */
function saysSo(shown: string): boolean {
  const assertions = [...shown.matchAll(/^- (.*)$/gm)].map(([, text = '']) => text)
  const said = /^\s*Failed assertions:/.test(shown) && assertions.length > 0 ? assertions : [shown]
  return said.every(text => LIMIT.test(text))
}

/** An unknown option with a known one nearby is a typing error; the look-alike knows a part of NixOS' options only. */
function isOptionBeyond(shown: string): boolean {
  const unknown = /^The option `(.+?)' does not exist/m.exec(shown)?.[1]
  if (unknown === undefined) return false
  const lastOf = (name: string): string => name.split('.').at(-1) ?? name
  const suggested = /Did you mean ((?:(?!Did you mean )[\s\S])+?)\?(?:\s|$)/.exec(shown)?.[1] ?? ''
  const known = [...suggested.matchAll(/`([^`']+)'/g)].map(([, name = '']) => lastOf(name))
  return nearest(lastOf(unknown), known) === undefined
}
