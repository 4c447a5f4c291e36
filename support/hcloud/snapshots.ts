/** The snapshots of a Hetzner Cloud project: https://docs.hetzner.cloud/reference/cloud#images-list-images */
import { z } from 'zod'
import { EnvironmentBroken } from '../core/errors.ts'
import { type ClientPlan, HcloudClient } from './client.ts'

const page = z.object({
  images: z.array(z.object({ id: z.number(), status: z.string(), created: z.iso.datetime({ offset: true }) })),
})

/**
 * When the newest one was made that is whole and whose labels match; undefined where there is none.
 * @throws EnvironmentBroken, and what the client throws
 */
export async function newestSnapshot(selector: string, plan: ClientPlan): Promise<Date | undefined> {
  const query = { type: 'snapshot', status: 'available', label_selector: selector, sort: 'created:desc', per_page: '1' }
  const answer = page.safeParse(await new HcloudClient(plan).get('/images', query))
  if (!answer.success)
    throw new EnvironmentBroken(
      `The Hetzner Cloud tells its snapshots in another form\n\n  Got  ${z.prettifyError(answer.error)}`,
    )
  const made = answer.data.images
    .filter(({ status }) => status === 'available')
    .map(({ created }) => Date.parse(created))
  return made.length === 0 ? undefined : new Date(Math.max(...made))
}
