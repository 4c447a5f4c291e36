import { EnvironmentBroken, NotSupported } from '../../core/errors.ts'
import { rows } from '../../core/text/text.ts'

export const milestoneMissing = (feature: string): EnvironmentBroken =>
  new EnvironmentBroken(
    `The milestone of this feature was not reached\n${rows({
      Expected: `the scenario tagged @milestone in ${feature}, which this one begins after, to have held in this run`,
      Next: 'run the whole feature; or mend that scenario first',
    })}`.trimEnd(),
  )

export const cannotBoot = (name: string): NotSupported =>
  new NotSupported(
    `Machine "${name}" cannot be booted for one scenario\n${rows({
      Reason: 'it is a live host, and its power is not ours',
      Next: 'leave the tag @fresh away, or judge the host in a machine of its own',
    })}`.trimEnd(),
  )
