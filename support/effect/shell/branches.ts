/** `if`, `while`, `for` and `case`: whatever branch a command stands in, it counts as run. */
import { readArithmetic } from './arithmetic.ts'
import type { Reading } from './reading.ts'
import { demandReserved, type Grammar, takeReserved } from './reserved.ts'
import type { Word } from './script.ts'
import { readWord } from './word.ts'

export function branches(reading: Reading, { list }: Grammar): void {
  const { cursor } = reading
  do {
    list(reading, ['then'])
    demandReserved(cursor, 'then')
    list(reading, ['elif', 'else', 'fi'])
  } while (takeReserved(cursor, 'elif'))
  if (takeReserved(cursor, 'else')) list(reading, ['fi'])
  demandReserved(cursor, 'fi')
}

export function loop(reading: Reading, grammar: Grammar): void {
  grammar.list(reading, ['do'])
  body(reading, grammar)
}

function body(reading: Reading, { list }: Grammar): void {
  const { cursor } = reading
  demandReserved(cursor, 'do')
  list(reading, ['done'])
  demandReserved(cursor, 'done')
}

export function forLoop(reading: Reading, grammar: Grammar): void {
  const { cursor, findings } = reading
  cursor.skipBlanks()
  if (cursor.take('((')) {
    readArithmetic(reading, ';')
    readArithmetic(reading, ';')
    readArithmetic(reading, '))')
  } else {
    const name = cursor.match(/[A-Za-z_]\w*(?=[\s;])/y)?.[0] ?? cursor.fail()
    grammar.skipLines(reading)
    if (takeReserved(cursor, 'in')) findings.give(name, ...words(reading))
    else findings.give(name, 'unknown')
  }
  cursor.skipBlanks()
  cursor.take(';')
  grammar.skipLines(reading)
  body(reading, grammar)
}

function words(reading: Reading): readonly Word[] {
  const { cursor } = reading
  const found: Word[] = []
  for (;;) {
    cursor.skipBlanks()
    const word = readWord(reading)
    if (!word) return found
    found.push(word)
  }
}

export function cases(reading: Reading, { list, skipLines }: Grammar): void {
  const { cursor } = reading
  cursor.skipBlanks()
  if (!readWord(reading)) cursor.fail()
  skipLines(reading)
  demandReserved(cursor, 'in')
  for (;;) {
    skipLines(reading)
    if (takeReserved(cursor, 'esac')) return
    cursor.take('(')
    do {
      cursor.skipBlanks()
      if (!readWord(reading)) cursor.fail()
      cursor.skipBlanks()
    } while (cursor.take('|'))
    cursor.demand(')')
    list(reading, [';;', ';&', 'esac'])
    cursor.match(/;;&|;;|;&/y)
  }
}
