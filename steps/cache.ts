/** Binary caches from which a host gets its system. */
import { readBinaryCache } from '../support/flake/cache/binary-cache.ts'
import { Then } from '../support/world/words/sentence.ts'

Then(
  'the closure of host {string} is in cache {string} signed by {string}',
  async function (host: string, url: string, key: string) {
    await this.flake.expectInCache(host, readBinaryCache(url, key))
  },
)
