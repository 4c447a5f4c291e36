import { type Command, type CommandResult, sh } from '../core/command.ts'

/** ASCII's record separator: what stands in tools' output never contains it by chance. */
const SEPARATOR = '\u001e'

/** Several commands in one round trip, their outputs apart. */
export const inSections = (...commands: readonly Command[]): Command => ({
  script: commands.map(({ script }) => script).join(`\n${sh`printf '\\036'`.script}\n`),
})

/** The outputs of `inSections`, in the same order. */
export const sections = ({ stdout }: CommandResult): string[] => stdout.toString().split(SEPARATOR)

/** The lines that are not empty. */
export const lines = (text = ''): string[] => text.split('\n').filter(line => line !== '')
