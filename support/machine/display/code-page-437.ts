/** The characters of the font in a PC's ROM: IBM's code page 437, with the pictures it has where ASCII has control codes. */
const LOW = ' ☺☻♥♦♣♠•◘○◙♂♀♪♫☼►◄↕‼¶§▬↨↑↓→←∟↔▲▼'
const HIGH =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0'

export function fromCodePage437(byte: number): string {
  if (byte < 0x20) return LOW[byte] ?? ' '
  if (byte === 0x7f) return '⌂'
  return byte < 0x80 ? String.fromCharCode(byte) : (HIGH[byte - 0x80] ?? ' ')
}
