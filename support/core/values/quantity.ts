/** Amounts as Kubernetes writes them, compared as what they are: `1000m` is `1`, `1Gi` is `1024Mi`. Pure. */

/** Kubernetes knows no smaller part (k8s.io/apimachinery, pkg/api/resource, "quantity.go"). */
const NANO = 10n ** 9n

/** "quantity.go", its grammar: powers of 1024, powers of 1000. */
const BINARY = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei']
const DECIMAL: Readonly<Record<string, bigint>> = {
  ...{ n: 1n, u: 10n ** 3n, m: 10n ** 6n, '': NANO, k: NANO * 10n ** 3n, M: NANO * 10n ** 6n },
  ...{ G: NANO * 10n ** 9n, T: NANO * 10n ** 12n, P: NANO * 10n ** 15n, E: NANO * 10n ** 18n },
}

/** In billionths of one (a core, a byte, a pod); undefined for what is no quantity. */
export function readQuantity(text: string): bigint | undefined {
  const found = /^([+-]?)(?=\.?\d)(\d{0,20})(?:\.(\d{0,20}))?(?:([KMGTPE]i)|([numkMGTPE]?)|[eE]([+-]?\d{1,2}))$/.exec(
    text,
  )
  if (!found) return undefined
  const [, sign, whole = '', part = '', binary, decimal = '', exponent] = found
  const scale = scaleOf(binary, decimal, exponent === undefined ? 0 : Number(exponent))
  const digits = BigInt(whole + part.padEnd(20, '0'))
  const amount = (digits * scale.times) / (10n ** 20n * scale.over)
  return sign === '-' ? -amount : amount
}

function scaleOf(binary: string | undefined, decimal: string, exponent: number): { times: bigint; over: bigint } {
  if (binary !== undefined) return { times: NANO * 1024n ** BigInt(BINARY.indexOf(binary) + 1), over: 1n }
  const times = DECIMAL[decimal] ?? NANO
  return exponent < 0 ? { times, over: 10n ** BigInt(-exponent) } : { times: times * 10n ** BigInt(exponent), over: 1n }
}
