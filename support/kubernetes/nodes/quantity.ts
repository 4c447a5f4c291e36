/** Kubernetes' numbers with a unit (apimachinery, pkg/api/resource): `16266740Ki`, `1500m`, `12`, `1e3`. */

const BINARY: readonly string[] = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei']
const DECIMAL: Readonly<Record<string, number>> = {
  ...{ n: 1e-9, u: 1e-6, m: 1e-3, '': 1 },
  ...{ k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15, E: 1e18 },
}
const FORM = /^([+-]?(?:\d{1,30}(?:\.\d{0,30})?|\.\d{1,30}))(?:([EPTGMK]i|[numkMGTPE]?)|[eE]([+-]?\d{1,3}))$/

/** What it is the number of; undefined for text that is none. Exact up to 2 to the power of 53. */
export function parseQuantity(text: string): number | undefined {
  const [, count, unit = '', exponent] = FORM.exec(text) ?? []
  if (count === undefined) return undefined
  if (exponent !== undefined) return Number(`${count}e${exponent}`)
  const power = BINARY.indexOf(unit)
  return power >= 0 ? Number(count) * 1024 ** (power + 1) : Number(count) * (DECIMAL[unit] ?? Number.NaN)
}
