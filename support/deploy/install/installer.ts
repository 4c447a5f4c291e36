/** Whether a target runs a NixOS installer, as nixos-anywhere tells it by os-release(5). Pure. */
import { type Fact, known, whyUnknown } from '../../probe/fact.ts'
import type { TargetFacts } from '../../target/facts.ts'

type Os = Pick<TargetFacts, 'os'>

/** What is not known is none: then it is refused, or started by kexec. */
export function isInstaller(facts: Os): boolean {
  const os = known(facts.os)
  return os !== undefined && os.variantId === 'installer' && [os.id, ...os.idLike].includes('nixos')
}

/** In its own words. */
export function saidOs(facts: Os): string {
  const os = known(facts.os)
  if (os === undefined) return `what it runs is not known: ${whyUnknown(facts.os)}`
  return [os.id, os.variantId].filter(Boolean).join(', ')
}

/** For a page: what is known, or why it is not. */
export const told = <T>(fact: Fact<T>, show: (is: T) => string = String): string =>
  'is' in fact ? show(fact.is) : `not known: ${fact.unknown}`
