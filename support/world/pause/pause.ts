import type { Pickle, TestStepResult } from '@cucumber/messages'
import type { Machine } from '../../machine/machine.ts'
import type { NixWorld } from '../world.ts'

/** Something did not hold, and everything is still as it was then. */
export interface Trouble {
  readonly scenario: string
  /** Of the step: `features/service.feature:14`. */
  readonly location: string | undefined
  /** Of the scenario, to run it again; of an outline, its row. */
  readonly uri: string
  readonly line: number | undefined
  readonly message: string
  /** In play, each to be entered. */
  readonly machines: readonly Machine[]
}

/** Where a run stops so that the user can look around (`--pause-on-failure`). */
export interface Pause {
  /** The user has ended the run: what has not begun is left out. */
  readonly ended: boolean
  /** Comes back when the run is to go on. */
  hold(trouble: Trouble): Promise<void>
}

/** Does nothing without --pause-on-failure. */
export async function pauseAt(
  { context, inPlay, location }: NixWorld,
  { name, uri, location: place }: Pickle,
  message: string,
): Promise<void> {
  await context.pause?.hold({
    scenario: name,
    location,
    uri,
    line: place?.line,
    message,
    machines: [...inPlay.values()],
  })
}

/** What a step said that did not hold. */
export const wordsOf = ({ exception, message }: TestStepResult): string => exception?.message ?? message ?? ''
