import { EnvironmentBroken } from '../../core/errors.ts'
import { rows } from '../../core/text/text.ts'

export const machineSilent = (name: string): EnvironmentBroken =>
  new EnvironmentBroken(
    `Machine "${name}" does not answer any more\n${rows({
      Reason: 'it fell silent in an earlier scenario, and was silent still when it was asked again',
      Next: 'whatever else is to be asked of it in this run ends at once: nixcumber run --last-failed when it is back',
    })}`.trimEnd(),
  )

export const leftSilent = (name: string): EnvironmentBroken =>
  new EnvironmentBroken(
    `Machine "${name}" does not answer any more\n${rows({
      Reason: 'it fell silent in an earlier scenario tagged @shared, and was silent still when it was asked again',
      Next: 'see its console; without @shared the next scenario gets the machine as it was',
    })}`.trimEnd(),
  )

export const noSnapshots = (name: string): EnvironmentBroken =>
  new EnvironmentBroken(
    `Machine "${name}" cannot have a milestone\n${rows({
      Reason: 'its state cannot be saved: it is a live host',
      Next: 'tag the scenarios @shared instead',
    })}`.trimEnd(),
  )

export const milestoneGone = (name: string): EnvironmentBroken =>
  new EnvironmentBroken(
    `The milestone of this feature is gone\n${rows({
      Reason: `machine "${name}" was booted anew since`,
      Next: 'a scenario tagged @fresh belongs before the milestone, or into a feature of its own',
    })}`.trimEnd(),
  )

export const milestoneNotReached = (name: string): EnvironmentBroken =>
  new EnvironmentBroken(
    `The milestone of this feature was not reached\n${rows({
      Expected: `machine "${name}" as the scenario tagged @milestone leaves it`,
      Next: 'mend that scenario first',
    })}`.trimEnd(),
  )

export const evictedInBetween = (name: string): EnvironmentBroken =>
  new EnvironmentBroken(
    `Machine "${name}" is not as the scenario before has left it\n${rows({
      Reason: 'it had to give its memory to another machine meanwhile',
      Next: 'give the machines less memory, or keep scenarios tagged @shared together',
    })}`.trimEnd(),
  )
