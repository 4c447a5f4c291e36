/** Versions of Kubernetes (semver.org), compared segment by segment: 1.3 is no beginning of 1.30. */

export interface KubeVersion {
  readonly numbers: readonly number[]
  /** `-rc.1`; also what vendors append: `-eks-a737599`. */
  readonly pre: string
  /** `+k3s1`. */
  readonly build: string
}

const FORM = /^v?(\d{1,9}(?:\.\d{1,9}){0,2})(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/
/** Of a release that is not out yet (Kubernetes' versioning, docs/contributors/design-proposals). */
const UNRELEASED = /^-(alpha|beta|rc)\b/

/** Undefined for what is no version; kubelets built without one call themselves `v0.0.0-master+$Format:%H$`. */
export function parseKubeVersion(text: string): KubeVersion | undefined {
  const [, numbers, pre = '', build = ''] = FORM.exec(text) ?? []
  return numbers === undefined ? undefined : { numbers: numbers.split('.').map(Number), pre, build }
}

/** Whether it is that version, or one of that series. What is not out yet is of its series, but is not that version. */
export function isOfVersion(is: KubeVersion, wanted: KubeVersion): boolean {
  if (wanted.numbers.some((number, at) => number !== is.numbers[at])) return false
  if (wanted.build !== '' && wanted.build !== is.build) return false
  if (wanted.pre !== '') return wanted.pre === is.pre
  return wanted.numbers.length < 3 || !UNRELEASED.test(is.pre)
}
