/** What happens around every scenario and step. Loaded before all steps; also ties the world and its words to cucumber. */
import {
  After,
  Before,
  BeforeStep,
  setDefaultTimeout,
  setDefinitionFunctionWrapper,
  setWorldConstructor,
} from '@cucumber/cucumber'
import { NixcumberError } from '../core/errors.ts'
import { tail } from '../core/text/text.ts'
import { taggedSize } from '../core/values/machine-size.ts'
import { leaseOf } from '../machine/lease.ts'
import { taggedMachine } from '../record/machine-tag.ts'
import { keyOfPickle, scenarioKeys } from '../record/scenario-key.ts'
import { OUTCOME_MEDIA_TYPE, outcomeOfError } from '../report/results/outcome.ts'
import { healthCheckWaived } from './health/health.ts'
import { illness, illnesses } from './health/health-check.ts'
import * as own from './index.ts'
import { attachPictureIfAny } from './machines/display.ts'
import { isAfterMilestone } from './machines/milestone.ts'
import { judgeMissingSecrets } from './secrets/missing-secret.ts'
import './words/parameter-types.ts'
import { tellShortages } from './health/shortage.ts'
import { pauseAt } from './pause/pause.ts'
import { tellOnce } from './told-once.ts'
import { writtenSteps } from './words/written-steps.ts'
import { NixWorld } from './world.ts'

const CONSOLE_LINES = 80

// For CommonJS steps of a project, see bin/pin.js.
Object.assign(globalThis, { [Symbol.for('nixcumber.module')]: own })

setWorldConstructor(NixWorld)
// Our own deadlines speak first, and in our words.
setDefaultTimeout(-1)
setDefinitionFunctionWrapper(sayOutcome)

Before({ name: 'run goes on' }, function (this: NixWorld) {
  return this.context.pause?.ended ? 'skipped' : undefined
})

Before({ name: 'lease' }, function (this: NixWorld, { testCaseStartedId, gherkinDocument, pickle }) {
  const { uri } = pickle
  const tags = pickle.tags.map(({ name }) => name)
  // Another try at a scenario is another lease.
  const lease = leaseOf({ id: testCaseStartedId, uri, tags })
  this.size = taggedSize(tags)
  this.subject = taggedMachine(pickle)
  const key = keyOfPickle(pickle, scenarioKeys(gherkinDocument))
  this.scenario = { scenario: pickle.id, name: pickle.name, key }
  this.lease = { ...lease, afterMilestone: isAfterMilestone(gherkinDocument, pickle.astNodeIds) }
})

BeforeStep(function (this: NixWorld, { pickle, pickleStep, gherkinDocument }) {
  const line = writtenSteps(gherkinDocument).get(pickleStep.astNodeIds[0] ?? '')?.location.line
  this.judging = pickleStep.type === 'Outcome'
  this.location = line === undefined ? pickle.uri : `${pickle.uri}:${line}`
})

// The first one, hence the last to be called: a pause at a failure finds the network as it was.
After({ name: 'network' }, function (this: NixWorld) {
  for (const note of this.context.network.reset()) this.context.record.note(note)
})

After({ name: 'evidence' }, async function (this: NixWorld, { result }) {
  if (result?.status !== 'FAILED') return
  for (const machine of this.inPlay.values()) await attachPictureIfAny(this, machine)
  for (const { name, console } of this.inPlay.values())
    if (console)
      this.attach(tail(console.transcript, CONSOLE_LINES), { mediaType: 'text/plain', fileName: `${name}.console.log` })
})

After({ name: 'doubt' }, async function (this: NixWorld, { result }) {
  if (result?.status !== 'FAILED') return
  for (const machine of this.silent) await this.context.machines.markSuspect(machine)
})

After({ name: 'milestone', tags: '@milestone' }, async function (this: NixWorld, { pickle, result }) {
  const reached = result?.status === 'PASSED'
  for (const machine of this.inPlay.values()) {
    // A question that is under way would be saved too.
    await this.context.facts?.settled(machine.name)
    await this.context.machines.saveMilestone(machine, reached)
  }
  if (reached) this.context.machines.milestoneReached(pickle.uri)
})

After({ name: 'health check' }, async function (this: NixWorld, { pickle }) {
  const waived = healthCheckWaived(pickle.tags.map(({ name }) => name))
  const found = illnesses([...this.inPlay.values()])
  if (found.length === 0) return
  if (waived === undefined) {
    const sick = illness(found)
    await pauseAt(this, pickle, sick.message)
    throw sick
  }
  for (const { machine } of found)
    this.context.record.note(`Health of "${machine}" not judged in "${pickle.name}": ${waived}`)
})

/** With what the machines in play lack; that may make it one that could not be checked. */
function told(thrown: unknown, world: NixWorld): unknown {
  const error = tellOnce(thrown, { ...world.scenario, place: world.location ?? '' })
  if (!(error instanceof NixcumberError)) return error
  tellShortages(error, world)
  return judgeMissingSecrets(error, world.inPlay.values())
}

type Code = (this: unknown, ...args: unknown[]) => unknown

/** Puts the outcome beside an error, by its class, and takes away the stack of one of ours: the message says everything. */
function sayOutcome(code: Code): Code {
  return function (...args) {
    const say = (thrown: unknown): never => {
      const error = this instanceof NixWorld ? told(thrown, this) : thrown
      if (error instanceof NixcumberError) error.stack = `${error.name}: ${error.message}`
      const outcome = outcomeOfError(error)
      if (outcome && this instanceof NixWorld) this.attach(outcome, OUTCOME_MEDIA_TYPE)
      throw error
    }
    try {
      const returned = code.apply(this, args)
      return returned instanceof Promise ? returned.catch(say) : returned
    } catch (error) {
      return say(error)
    }
  }
}
