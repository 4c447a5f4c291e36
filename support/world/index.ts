/**
 * What a project's own steps import: `import { Given, When, Then, changes } from 'nixcumber'`.
 * The functions are cucumber's own, so that there is one cucumber whatever else is installed.
 */
import * as cucumber from '@cucumber/cucumber'
import type { NixWorld } from './world.ts'

export { After, AfterStep, Before, BeforeStep, DataTable, defineParameterType } from '@cucumber/cucumber'
export { argv, type Command, type CommandResult, sh, unconfined } from '../core/command.ts'
export { EnvironmentBroken, ExpectationNotMet, NotSupported, UsageError } from '../core/errors.ts'
export { type Duration, milliseconds, minutes, seconds } from '../core/time/duration.ts'
export type { Expectation, Observation } from '../expect/expectation.ts'
export type { Machine, Transport as Via } from '../machine/machine.ts'
export type { Probe } from '../probe/probe.ts'
export { changes, destroys, type Effect, reads, restarts } from './effect.ts'
export { NixWorld } from './world.ts'

// biome-ignore lint/suspicious/noExplicitAny: what the sentence's parameter types give; cucumber types its own the same way
type DefineStep = (sentence: string | RegExp, body: (this: NixWorld, ...args: any[]) => unknown) => void

/** The body may be wrapped in `reads`, `changes`, `restarts` or `destroys`; a bare Given or When is taken to change the machine. */
export const Given: DefineStep = cucumber.Given
export const When: DefineStep = cucumber.When
/** Only looks. */
export const Then: DefineStep = cucumber.Then

/** Replaces the world of every scenario. @throws UsageError unless it is a kind of NixWorld, which all steps rely on */
export function setWorldConstructor(world: typeof NixWorld): void {
  cucumber.setWorldConstructor(world)
}
