/** What becomes of a unit, or of a command, that lacks something. One that ended well lacks nothing. */
const STATE =
  /\b(?:failed|inactive|activating|dead|degraded|being started|keeps? restarting|exit-code|exit code [1-9]\d*)\b/

export const isStateOfLack = (text: string): boolean => STATE.test(text)
