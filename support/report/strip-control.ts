import { stripVTControlCharacters } from 'node:util'

/** A machine's words may hold what moves cursors and paints titles: in the user's terminal they are only text. */
export const stripControl = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to be replaced
  stripVTControlCharacters(text).replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '\ufffd')
