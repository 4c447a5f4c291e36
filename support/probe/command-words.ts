/** A command's words after its options and the values of those that take one. */
export function behind(args: readonly string[], valued: RegExp, skip = 0): readonly string[] {
  let at = 0
  while (args[at]?.startsWith('-')) {
    if (args[at] === '--') {
      at++
      break
    }
    at += valued.test(args[at] ?? '') ? 2 : 1
  }
  return args.slice(at + skip)
}
