import type { Comparison } from '../comparison.ts'

/** The lists by the names that programs rely on. */
export const renderComparisonJson = (comparison: Comparison): string => `${JSON.stringify(comparison, undefined, 2)}\n`
