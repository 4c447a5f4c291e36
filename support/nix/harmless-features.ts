/**
 * Experimental features that only say what an expression may look like: they start no program, fetch nothing and change
 * no store. The names are those of Nix and of Lix.
 */
export const HARMLESS_FEATURES: ReadonlySet<string> = new Set([
  'nix-command',
  'flakes',
  'pipe-operators',
  'pipe-operator',
  'no-url-literals',
  'parse-toml-timestamps',
  'coerce-integers',
])
