/** What is given to a cluster, and taken back. */

import { changes } from '../../support/world/effect.ts'
import { actByManifest } from '../../support/world/kubernetes/act-by-manifest.ts'
import { manifestIn, manifestOf } from '../../support/world/words/manifest-words.ts'
import { When } from '../../support/world/words/sentence.ts'
import type { StepSuffix } from '../../support/world/words/step-suffix.ts'
import type { NixWorld } from '../../support/world/world.ts'

When(
  'the manifest is applied{namespace}{tail}:',
  changes(async function (this: NixWorld, namespace: string, tail: StepSuffix, text: string) {
    await actByManifest(this, { manifest: manifestOf(text), verb: 'applied', namespace }, tail)
  }),
)

When(
  'the manifest {string} is applied{namespace}{tail}',
  changes(async function (this: NixWorld, file: string, namespace: string, tail: StepSuffix) {
    await actByManifest(this, { manifest: await manifestIn(this, file), verb: 'applied', namespace }, tail)
  }),
)

When(
  'the manifest is deleted{namespace}{tail}:',
  changes(async function (this: NixWorld, namespace: string, tail: StepSuffix, text: string) {
    await actByManifest(this, { manifest: manifestOf(text), verb: 'deleted', namespace }, tail)
  }),
)

When(
  'the manifest {string} is deleted{namespace}{tail}',
  changes(async function (this: NixWorld, file: string, namespace: string, tail: StepSuffix) {
    await actByManifest(this, { manifest: await manifestIn(this, file), verb: 'deleted', namespace }, tail)
  }),
)
