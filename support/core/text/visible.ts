/** What a foreign machine says, for a terminal or a page: what moves a cursor, ends a line or turns the direction of writing can hide or forge the rest. */

/** Unicode: controls, ends of lines and paragraphs, and what UAX #9 has for directions. */
const HIDING = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu

/** One line of text, in which each of them shows as U+FFFD. @param kept those that stay, such as `\n\t` */
export const visible = (text: string, kept = ''): string =>
  text.replace(HIDING, sign => (kept.includes(sign) ? sign : '\ufffd'))
