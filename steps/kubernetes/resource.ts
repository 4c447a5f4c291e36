/** What else a cluster keeps: settings, secrets, storage, anything of its own, and what it says has gone wrong. */
import { objectExists, objectIsAbsent } from '../../support/claim/kubernetes/objects.ts'
import { resourceMatches, resourceMatchesNot } from '../../support/claim/kubernetes/resources/resource.ts'
import { storageClassIsDefault, volumeClaimIsBound } from '../../support/claim/kubernetes/resources/volume.ts'
import { noWarningEvents } from '../../support/claim/kubernetes/resources/warning-events.ts'
import { not } from '../../support/expect/not.ts'
import { configMap } from '../../support/kubernetes/objects/config-map.ts'
import { resource } from '../../support/kubernetes/objects/resource.ts'
import { secret } from '../../support/kubernetes/objects/secret.ts'
import { storageClass, volumeClaim } from '../../support/kubernetes/objects/volume.ts'
import { warningEvents } from '../../support/kubernetes/objects/warning-events.ts'
import { seeCluster } from '../../support/world/kubernetes/see-cluster.ts'
import { Then } from '../../support/world/words/sentence.ts'
import type { StepSuffix } from '../../support/world/words/step-suffix.ts'

Then('config map {object}{namespace} exists{tail}', async function (name: string, namespace: string, tail: StepSuffix) {
  await seeCluster(this, configMap, { name, namespace }, objectExists, tail)
})

Then(
  'config map {object}{namespace} does not exist{tail}',
  async function (name: string, namespace: string, tail: StepSuffix) {
    await seeCluster(this, configMap, { name, namespace }, objectIsAbsent, tail)
  },
)

Then('secret {object}{namespace} exists{tail}', async function (name: string, namespace: string, tail: StepSuffix) {
  await seeCluster(this, secret, { name, namespace }, objectExists, tail)
})

Then(
  'secret {object}{namespace} does not exist{tail}',
  async function (name: string, namespace: string, tail: StepSuffix) {
    await seeCluster(this, secret, { name, namespace }, objectIsAbsent, tail)
  },
)

Then(
  'resource {resource} {any-object}{namespace} matches{tail}:',
  async function (kind: string, name: string, namespace: string, tail: StepSuffix, text: string) {
    await seeCluster(this, resource, { resource: kind, name, namespace }, resourceMatches(text), tail)
  },
)

Then(
  'resource {resource} {any-object}{namespace} does not match{tail}:',
  async function (kind: string, name: string, namespace: string, tail: StepSuffix, text: string) {
    await seeCluster(this, resource, { resource: kind, name, namespace }, resourceMatchesNot(text), tail)
  },
)

Then('claim {object}{namespace} is bound{tail}', async function (name: string, namespace: string, tail: StepSuffix) {
  await seeCluster(this, volumeClaim, { name, namespace }, volumeClaimIsBound, tail)
})

Then(
  'claim {object}{namespace} is not bound{tail}',
  async function (name: string, namespace: string, tail: StepSuffix) {
    await seeCluster(this, volumeClaim, { name, namespace }, not(volumeClaimIsBound, 'was still bound'), tail)
  },
)

Then('storage class {object} is the default{tail}', async function (name: string, tail: StepSuffix) {
  await seeCluster(this, storageClass, name, storageClassIsDefault, tail)
})

Then('storage class {object} is not the default{tail}', async function (name: string, tail: StepSuffix) {
  await seeCluster(this, storageClass, name, not(storageClassIsDefault, 'was still the default'), tail)
})

Then('there are no warning events in namespace {object}{tail}', async function (name: string, tail: StepSuffix) {
  await seeCluster(this, warningEvents, name, noWarningEvents, tail)
})
