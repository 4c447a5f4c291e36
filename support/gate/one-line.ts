/** Text for a verdict, which is shown at a terminal: one line, no control characters, not endless. */
export const oneLine = (text: string): string =>
  text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ').slice(0, 1000) || '(empty)'
