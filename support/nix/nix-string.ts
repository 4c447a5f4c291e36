/** A Nix string literal that holds exactly this text: no interpolation, no way out of the quotes (Nix manual, "String literal"). */
export function nixString(text: string): string {
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('${', '\\${')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
  return `"${escaped}"`
}

/** Any plain data as a Nix expression. It travels as JSON inside one string, so that no value is ever read as code. */
export const nixData = (value: unknown): string => `(builtins.fromJSON ${nixString(JSON.stringify(value))})`
