/** Loaded after everything else, and only for `--pause-on-failure`: hooks after steps run last-defined first, and no hook may tidy up before us. */
import { AfterStep } from '@cucumber/cucumber'
import type { NixWorld } from '../world.ts'
import { pauseAt, wordsOf } from './pause.ts'

AfterStep(async function (this: NixWorld, { pickle, result }) {
  if (result.status === 'FAILED') await pauseAt(this, pickle, wordsOf(result))
})
