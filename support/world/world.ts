import { type IWorldOptions, World } from '@cucumber/cucumber'
import { type Duration, scale, seconds } from '../core/time/duration.ts'
import type { MachineSize } from '../core/values/machine-size.ts'
import { always } from '../expect/always.ts'
import { eventually, once } from '../expect/eventually.ts'
import type { Expectation, Observation } from '../expect/expectation.ts'
import type { PollOptions } from '../expect/terms.ts'
import { FlakeInPlay } from '../flake/flake-in-play.ts'
import type { Lease } from '../machine/lease.ts'
import type { Machine, Transport } from '../machine/machine.ts'
import type { PromptAnswer } from '../machine/prompt-answer.ts'
import type { Probe } from '../probe/probe.ts'
import type { Shell } from '../shell/shell.ts'
import { type RunContext, runContext } from './context.ts'
import type { Effect } from './effect.ts'
import { guard } from './guard.ts'
import { chooseMachine } from './machines/choose-machine.ts'
import { withLossReporting } from './machines/machine-loss.ts'
import { startMachine } from './machines/start-machine.ts'
import { observeMachine } from './observe/observe-machine.ts'
import { heldLate, recordLastObservation } from './observe/record-observation.ts'
import { doubtLackOfSecrets } from './secrets/held-for-lack.ts'
import { TargetInPlay } from './target/target-in-play.ts'
import type { StepSuffix, Target } from './words/step-suffix.ts'

/** The bound of one look on fast hardware. */
const ATTEMPT = seconds(5)

/** What one scenario knows. No words of any domain here: those are the steps'. */
export class NixWorld extends World {
  readonly context: RunContext = runContext()
  /** The flake this scenario speaks of; the project's own until it says otherwise. */
  readonly flake = new FlakeInPlay(this.context.flakes)
  /** The machine that is to be wiped. */
  readonly target = new TargetInPlay(this.context, this.flake)
  /** The machines this scenario has brought into play, by name. */
  readonly inPlay = new Map<string, Machine>()
  /** Of those, the ones that gave no answer when they were last asked. */
  readonly silent = new Set<Machine>()
  /** What is typed at the consoles of the machines that this scenario boots. */
  readonly answers: PromptAnswer[] = []
  /** The machine for which the scenario is run, when it is run for each machine of a role. */
  subject: string | undefined
  /** `features/service.feature:14`, kept up to date by a hook. */
  location: string | undefined
  /** Known by its pickle: every try at it, and no other. The key is its name in the record. */
  scenario = { scenario: '', name: '', key: '' }
  /** The present step is a Then. */
  judging = false
  /** Those that this scenario has changed: what they lacked may be there. */
  readonly #changed = new Set<Machine>()
  /** How this scenario wants its machines; set before its first step. */
  lease: Lease | undefined
  /** How big its tags want its machines. */
  size: MachineSize = {}
  /** What the present step has declared to do. */
  effect: Effect = 'reads'
  /** `commands run over ssh`; before that `--over`, before that what the machine prefers. */
  transport: Transport | undefined

  constructor(options: IWorldOptions) {
    super(options)
    this.transport = this.context.settings.over
  }

  /** The machine of this name, or the one for which the scenario is run, or the only one there is. @throws UsageError with the names */
  async machine(name = this.subject): Promise<Machine> {
    const machine = await this.#meant(name)
    guard(this.effect, machine, this.context.settings)
    if (this.effect !== 'reads') {
      this.#changed.add(machine)
      await this.context.facts?.settled(machine.name)
      await this.context.machines.markDirty(machine)
    }
    return machine
  }

  async #meant(name: string | undefined): Promise<Machine> {
    if (name !== undefined && name === this.subject && !this.inPlay.has(name)) return startMachine(this, name)
    const known = this.inPlay.size > 0 ? [...this.inPlay.keys()] : this.context.machines.names
    const chosen = chooseMachine(name, known)
    return this.inPlay.get(chosen) ?? (await this.context.machines.get(chosen, this.lease))
  }

  async shell(machine: Machine): Promise<Shell> {
    const open = (): Promise<Shell> => machine.shell(this.transport ?? machine.preferred)
    return withLossReporting(machine, open, { from: this.location, silent: this.silent, clock: this.context.clock })
  }

  observe<Q, F>(machine: Machine, probe: Probe<Q, F>, query: Q): Observation<F> {
    return observeMachine({ machine, probe, query, shell: () => this.shell(machine) })
  }

  eventually<F>(seen: Observation<F>, wanted: Expectation<F>, within: Duration, terms = this.terms()): Promise<F> {
    const late = (by: Duration): void => this.context.record.note(heldLate(seen.subject, within, by))
    return this.#judge(seen, wanted, judged => eventually(seen, judged, { ...terms, within, late }))
  }

  always<F>(seen: Observation<F>, wanted: Expectation<F>, lasting: Duration, terms = this.terms()): Promise<F> {
    return this.#judge(seen, wanted, judged => always(seen, judged, { ...terms, lasting }))
  }

  once<F>(seen: Observation<F>, wanted: Expectation<F>, terms = this.terms()): Promise<F> {
    return this.#judge(seen, wanted, judged => once(seen, judged, terms))
  }

  /** A Then says something of the host, and keeps what it has seen. */
  #judge<F>(seen: Observation<F>, wanted: Expectation<F>, wait: (wanted: Expectation<F>) => Promise<F>): Promise<F> {
    const untouched = [...this.inPlay.values()].filter(machine => !this.#changed.has(machine))
    const judged = this.judging ? doubtLackOfSecrets(wanted, seen.subject, untouched) : wanted
    return recordLastObservation(this, seen, judged, wait)
  }

  /** Asks the machine, and waits as the end of the sentence says; the probe's own budget when it says nothing. */
  async see<Q, F>(probe: Probe<Q, F>, query: Q, wanted: Expectation<F>, tail: StepSuffix): Promise<F> {
    const machine = await this.machine(tail.machine)
    return this.watch(machine, this.observe(machine, probe, query), wanted, { ...tail, ...bounds(probe) })
  }

  /** Asks the machine, and wants it to be so all that time. */
  async keepSeeing<Q, F>(probe: Probe<Q, F>, query: Q, wanted: Expectation<F>, time: Target & { lasting: Duration }) {
    const machine = await this.machine(time.machine)
    const terms = this.terms(scale(bounds(probe).attempt, machine.slowness))
    return this.always(this.observe(machine, probe, query), wanted, time.lasting, terms)
  }

  /** The same for an observation that is more than one probe. */
  async watch<F>(
    machine: Machine,
    seen: Observation<F>,
    wanted: Expectation<F>,
    tail: StepSuffix & Bounds,
  ): Promise<F> {
    const terms = this.terms(scale(tail.attempt, machine.slowness))
    if (tail.now) return this.once(seen, wanted, terms)
    return this.eventually(seen, wanted, tail.within ?? scale(tail.budget, machine.slowness), terms)
  }

  terms(attempt: Duration = ATTEMPT): PollOptions {
    return { clock: this.context.clock, from: this.location, attempt }
  }
}

/** Both for fast hardware; slow machines get more. */
interface Bounds {
  readonly budget: Duration
  readonly attempt: Duration
}

const bounds = ({ budget, attempt = ATTEMPT }: Probe<never, unknown>): Bounds => ({ budget, attempt })
