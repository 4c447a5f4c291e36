import { stripControl } from '../../report/strip-control.ts'
import type { Comparison } from '../comparison.ts'

/** Without what moves cursors: names and observations come from features and machines. */
export const cleaned = (comparison: Comparison): Comparison =>
  JSON.parse(JSON.stringify(comparison), (_, value: unknown) =>
    typeof value === 'string' ? stripControl(value) : value,
  ) as Comparison
