/** Builtins that give variables their values: what those are decides what a word with them can be. */
import { type Findings, literal, type Word } from './script.ts'

const DECLARING = /^(export|declare|typeset|local|readonly)$/
const READING = /^(read|mapfile|readarray|getopts|printf|unset|wait)$/

export function noteBuiltinAssignments(words: readonly Word[], findings: Findings): void {
  const names = words.map(literal)
  // `command read x`, `builtin declare x=1`
  const at = names.findIndex(name => name !== 'command' && name !== 'builtin')
  const program = names[at] ?? ''
  if (DECLARING.test(program)) for (const word of words.slice(at + 1)) noteDeclared(word, findings)
  if (READING.test(program))
    for (const word of names.slice(at + 1)) {
      // `read -aNAME`
      const name = word?.replace(/^-[rse]*a(?=.)/, '')
      if (!name || !/^[A-Za-z_]\w*$/.test(name)) continue
      findings.give(name, 'unknown')
      // `mapfile x`, `read -a x`
      if (program !== 'printf' && program !== 'wait') findings.arrays.add(name)
    }
}

function noteDeclared({ raw, parts, quoted }: Word, findings: Findings): void {
  const [first, ...others] = merged(parts)
  const [, name, value] = (first?.is === 'text' && /^([A-Za-z_]\w*)\+?=([\s\S]*)$/.exec(first.text)) || []
  if (name === undefined || value === undefined) return
  findings.declared.add(name)
  findings.assign(name, { raw, quoted, parts: [{ is: 'text', text: value }, ...others] })
}

/** Texts that stand side by side as one. */
function merged(parts: Word['parts']): Word['parts'] {
  const at = parts.findIndex(part => part.is !== 'text')
  const text = parts.slice(0, at < 0 ? parts.length : at).map(part => (part.is === 'text' ? part.text : ''))
  return [{ is: 'text', text: text.join('') }, ...(at < 0 ? [] : parts.slice(at))]
}
