import { type Command, sh } from '../core/command.ts'
import { PIECE, pieces } from '../probe/facts/pieces.ts'
import type { Answer } from '../probe/sections.ts'
import { ClusterUnanswered } from './access/api-answer.ts'

/** A further command of a probe that says what it finds by `piece`, and that it has come to its end: a part of it is not all there is. */
export const inPieces = (command: Command): Command => sh`${PIECE}
${command}
piece end
exit 0`

/** @throws ClusterUnanswered where that is not all of it */
export function piecesSaid(answer: Answer | undefined, what: string): string[] {
  const said = answer?.code === 0 ? read(answer) : []
  if (said.pop() !== 'end') throw new ClusterUnanswered(`${what} could not be read`)
  return said
}

function read({ bytes }: Answer): string[] {
  try {
    // `$(…)` drops the newline at its end.
    return pieces(Buffer.concat([bytes, Buffer.from('\n')]))
  } catch {
    return []
  }
}
