/**
 * The world of a step that is only rehearsed: the step reads its words, and the first thing it would ask of a machine, a flake or Nix
 * ends it. So what a sentence cannot mean is known before anything is built, by the very code that would refuse it later.
 */
import { FlakeInPlay } from '../flake/flake-in-play.ts'
import type { Flakes } from '../flake/flakes.ts'
import { chooseMachine } from './machines/choose-machine.ts'
import type { Target } from './words/step-suffix.ts'

/** Thrown where a step would begin to act: all its words were understood. */
export class RehearsalEnd extends Error {}

export interface RehearsedScenario {
  readonly projectDir: string
  /** Machines that the run has from the start. */
  readonly known: readonly string[]
  /** Machines that any scenario of the run brings into play: one of an earlier scenario may be there. */
  readonly ever: ReadonlySet<string>
  readonly dryRun: boolean
  /** The machine for which the scenario is run. */
  readonly subject?: string
}

/** What every step may rely on; the rest of a world ends the rehearsal when it is touched. */
interface Rehearsal {
  /** Names of the machines that the scenario has brought into play. */
  readonly inPlay: Set<string>
  /** A step or hook that is not ours may have brought machines and flakes into play. */
  isUncertain: boolean
  judging: boolean
}

export type RehearsalWorld = Rehearsal & object

export function rehearsalWorld({ projectDir, known, ever, dryRun, subject }: RehearsedScenario): RehearsalWorld {
  const inPlay = new Set<string>()
  const flake = new FlakeInPlay(rehearsedFlakes(projectDir))
  const machine = async (name = subject): Promise<never> => {
    if (name !== undefined && name === subject) inPlay.add(name)
    if (!world.isUncertain) refuseUnknown(name, [...inPlay], { known, ever })
    throw new RehearsalEnd()
  }
  const see = async (_probe: unknown, _query: unknown, _wanted: unknown, target: Target): Promise<never> =>
    machine(target.machine)
  const member = (name: string): string => {
    if (!world.isUncertain) refuseUnknown(name, [], { known, ever })
    return name
  }
  const world = {
    ...{ inPlay, isUncertain: false, judging: false, effect: 'reads', transport: undefined },
    // Secrets are of no use to a run that only looks at the steps, and need not be there.
    ...(dryRun ? {} : { answers: [] }),
    ...{ subject, machine, see, keepSeeing: see, context: ending({ network: ending({ member }) }) },
    get flake() {
      if (world.isUncertain) throw new RehearsalEnd()
      return flake
    },
  }
  return ending(world)
}

/** Touching what is not there ends the rehearsal. Whether a value is a promise is asked of every one. */
const ending = <Known extends object>(known: Known): Known =>
  new Proxy(known, {
    get(target, key, receiver) {
      if (key in target || key === 'then' || typeof key === 'symbol') return Reflect.get(target, key, receiver)
      throw new RehearsalEnd()
    },
  })

/** Nothing is asked of Nix: every other word of it ends the rehearsal. */
const rehearsedFlakes = (projectDir: string): Flakes =>
  ending({ projectDir, progress: { note() {} }, locate() {} }) as unknown as Flakes

/** As the world of a run chooses, where that is known before the run. */
function refuseUnknown(
  name: string | undefined,
  inPlay: readonly string[],
  { known, ever }: Pick<RehearsedScenario, 'known' | 'ever'>,
): void {
  const possible = [...new Set([...known, ...ever])]
  // Features may be looked at without the machines that a run of them is given by --machine.
  if (possible.length === 0) return
  if (inPlay.length > 0) chooseMachine(name, inPlay)
  else if (name !== undefined) chooseMachine(name, possible)
  else if (known.length > 1) chooseMachine(undefined, known)
}
