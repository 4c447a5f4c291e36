import { ExpectationNotMet } from 'nixcumber'

/** @param output what the command said, if that helps */
export const notMet = (what: string, expected: string, observed: string, output = ''): ExpectationNotMet =>
  new ExpectationNotMet(
    `${what} was not as expected\n\n  Expected   ${expected}\n  Observed   ${observed}${output && `\n\n${output.replaceAll(/^/gm, '    ')}`}`,
  )
