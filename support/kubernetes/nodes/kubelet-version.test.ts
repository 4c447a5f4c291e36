import assert from 'node:assert/strict'
import test from 'node:test'
import { isOfVersion, type KubeVersion, parseKubeVersion } from './kubelet-version.ts'

const parsed = (text: string): KubeVersion => parseKubeVersion(text) ?? assert.fail(`${text} is no version`)

const ROWS: readonly (readonly [is: string, wanted: string, boolean])[] = [
  ['v1.20.2', '1.20.2', true],
  ['v1.20.2', 'v1.20', true],
  ['v1.20.2', '1', true],
  ['v1.20.2', '1.2', false],
  ['v1.3.0', '1.30', false],
  ['v1.30.4', '1.3', false],
  ['v1.20.2', '1.20.20', false],
  ['v1.30.4+k3s1', '1.30.4', true],
  ['v1.30.4+k3s1', '1.30.4+k3s1', true],
  ['v1.30.4+k3s1', '1.30.4+k3s2', false],
  ['v1.30.4', '1.30.4+k3s1', false],
  ['v1.32.0-rc.1', '1.32.0', false],
  ['v1.32.0-rc.1', '1.32', true],
  ['v1.32.0-rc.1', '1.32.0-rc.1', true],
  ['v1.32.0', '1.32.0-rc.1', false],
  ['v1.30.4-eks-a737599', '1.30.4', true],
]

for (const [is, wanted, holds] of ROWS)
  test(`${is} is ${holds ? '' : 'not '}${wanted}`, () => assert.equal(isOfVersion(parsed(is), parsed(wanted)), holds))

for (const text of ['', 'latest', '1.', 'v0.0.0-master+$Format:%H$', '1.20.2.1', 'Kubernetes v1.20.2'])
  test(`"${text}" is no version`, () => assert.equal(parseKubeVersion(text), undefined))
