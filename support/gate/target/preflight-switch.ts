/** What is asked of a computer that runs NixOS and is switched to another system: what would not show before its next boot. Pure. */
import { known } from '../../probe/fact.ts'
import type { TargetFacts } from '../../target/facts.ts'
import { bootDisks } from '../../target/judge/boot-disks.ts'
import { haveDrivers } from '../../target/judge/drivers.ts'
import { bootsAsExpected, hasArchitecture } from '../../target/judge/firmware.ts'
import { networkFits } from '../../target/judge/network.ts'
import { type Judgement, notKnown } from '../../target/judgement.ts'
import type { Preflight } from './bound-target.ts'
import { type HostInputs, told } from './preflight.ts'

/**
 * A container is started by its host: nothing of firmware and hardware is asked.
 * @param goesBack its features are asked live, and it goes back by itself: network and login are tried, then, and not asked for here
 */
export function preflightOfSwitch(facts: TargetFacts, host: HostInputs, goesBack: boolean): Preflight[] {
  const { needs, entry } = host
  const isContainer = 'is' in facts.container && facts.container.is !== 'none'
  const asked: readonly (readonly [what: string, judgement: Judgement])[] = [
    ['architecture', hasArchitecture(facts, needs)],
    ...(isContainer ? [] : ofComputer(facts, host)),
    ...(goesBack ? [] : [['your key', entry] as const]),
    ...(goesBack || isContainer ? [] : [['network', networkFits(facts, needs)] as const]),
  ]
  return asked.map(told)
}

/** It boots by some loader now: one of which the firmware is not known here, as of a small board, says nothing of it. */
function ofComputer(facts: TargetFacts, host: HostInputs): (readonly [string, Judgement])[] {
  const { uefi, bios } = host.needs.boot
  return [
    ...(uefi || bios ? [['boot mode', bootsAsExpected(facts, host.needs)] as const] : []),
    ['drivers', drivers(facts, host)],
  ]
}

function drivers(facts: TargetFacts, { needs: { initrdModules, blacklisted }, modules }: HostInputs): Judgement {
  const disks = bootDisks(facts)
  if ('unknown' in modules) return notKnown(modules)
  if ('unknown' in disks) return notKnown(disks)
  return haveDrivers(facts, { modules: modules.is, initrdModules, blacklisted, disks: known(disks) ?? [] })
}
