/**
 * cucumber's own Given, When, Then, only with stricter types: a Given or When must declare its effect, a Then only reads.
 * They are the very same functions, so that editors see literal patterns and cucumber sees the line of the step.
 */
import * as cucumber from '@cucumber/cucumber'
import type { Declared } from '../effect.ts'
import type { NixWorld } from '../world.ts'

type DefineAction = <A extends unknown[]>(pattern: string, body: Declared<NixWorld, A>) => void
type DefineJudgement = <A extends unknown[]>(
  pattern: string,
  body: (this: NixWorld, ...args: A) => Promise<unknown>,
) => void

export const Given: DefineAction = cucumber.Given
export const When: DefineAction = cucumber.When
export const Then: DefineJudgement = cucumber.Then
