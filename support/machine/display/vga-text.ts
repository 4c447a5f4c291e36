/** The text mode of a VGA: what its registers say about its memory, and the characters there (IBM, VGA hardware reference). */
import { fromCodePage437 } from './code-page-437.ts'

/** Where a PC's processor sees the display's memory while it shows text. */
export const TEXT_MEMORY = { address: 0xb8000, bytes: 0x8000 } as const

export interface TextScreen {
  /** From top to bottom, without the blanks at their ends. */
  readonly rows: readonly string[]
}

/** Reads one of its registers: index port, index. The data port is the next one. */
export type ReadRegister = (port: number, index: number) => Promise<number>

/** How the memory is shown. */
export interface TextMode {
  readonly columns: number
  readonly rows: number
  /** In characters: the kernel scrolls by moving the beginning. */
  readonly start: number
}

const GRAPHICS_CONTROLLER = 0x3ce
const CRT_CONTROLLER = 0x3d4

/** Undefined while it shows graphics. */
export async function readTextMode(read: ReadRegister): Promise<TextMode | undefined> {
  const miscellaneous = await read(GRAPHICS_CONTROLLER, 0x06)
  if ((miscellaneous & 1) === 1) return undefined
  const crt = (index: number): Promise<number> => read(CRT_CONTROLLER, index)
  const columns = (await crt(0x01)) + 1
  const overflow = await crt(0x07)
  const lines = ((await crt(0x12)) | ((overflow & 0x02) << 7) | ((overflow & 0x40) << 3)) + 1
  const height = ((await crt(0x09)) & 0x1f) + 1
  const start = ((await crt(0x0c)) << 8) | (await crt(0x0d))
  return { columns, rows: Math.floor(lines / height), start }
}

/** The characters of a text mode; each is two bytes, the second its colours. Beyond its end the memory begins again. */
export function decodeText(memory: Buffer, { columns, rows, start }: TextMode): TextScreen {
  const cells = memory.length / 2
  const row = (index: number): string =>
    Array.from({ length: columns }, (_, column) => memory[((start + index * columns + column) % cells) * 2] ?? 0)
      .map(fromCodePage437)
      .join('')
      .trimEnd()
  return { rows: Array.from({ length: rows }, (_, index) => row(index)) }
}
