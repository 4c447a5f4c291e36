/**
 * What can be asked of a Kubernetes cluster. How a new sentence about it is made:
 *
 * 1. `support/kubernetes/<room>/<noun>.ts`: a `clusterProbe`. It names the paths of the API that it needs (all of them are one round trip) and reads
 *    their answers. `bodyOf(answer, what)` gives what must be there, and throws for a server that starts, refuses or is out of reach: the sentence
 *    waits on, and shows it. An answer without which something can still be told becomes a `Fact` (`factOf`).
 * 2. The answer is read by zod, field by field: `field(schema, 'its name')` makes a `Fact` of it, unknown where this server has no such field, or
 *    another form of it. Fields that Kubernetes leaves out when they are empty (`omitempty`) say so: `orEmpty(schema, value, 'its name')`.
 * 3. `support/claim/kubernetes/<noun>.ts`: the claims, by `claim`: `unknown` first, then `absent`, then `holds`. Names that do not exist satisfy
 *    nothing but existence. `<noun>.rows.ts` beside it, and its line in `support/claim/rows/tables.ts`; `apiSaid` makes the answers.
 * 4. `steps/kubernetes/<noun>.ts`: the sentence, and `seeCluster(this, probe, query, claim, tail)`: on the machine, or from the runner when the
 *    configuration says so.
 */
import type { Command } from '../core/command.ts'
import { type Duration, seconds } from '../core/time/duration.ts'
import type { EvidenceOf, Probe } from '../probe/probe.ts'
import type { Asked } from './access/access.ts'
import { type ApiAnswers, type ApiPath, type ApiQuestions, apiAnswers, askApi } from './access/ask-api.ts'

/** One noun of a cluster. */
export interface ClusterNoun<Query, Facts> {
  /** How long such a fact may take to come true on fast hardware when the sentence does not say. */
  readonly budget: Duration
  /** The bound of one look where `LOOK` is too short. */
  readonly attempt?: Duration
  /** How the subject is named to the user: `node t14`. */
  describe(query: Query): string
  /** What is asked for it, in one round trip. Names in it must have been checked. */
  paths(query: Query): readonly ApiPath[]
  /** Commands in the same round trip, about what the API does not tell; they run where kubectl runs. */
  others?(query: Query, look: Duration | undefined): readonly Command[]
  /** @throws ClusterUnanswered when nothing can be told from the answers */
  parse(answers: ApiAnswers, query: Query): Facts
  /** What to show below a failure. */
  evidence?(asked: Asked<Query>): EvidenceOf
}

export type ClusterProbe<Query, Facts> = Probe<Asked<Query>, Facts>

/** kubectl is a large program: it takes a second or two to start on an emulated machine. */
export const LOOK = seconds(10)

export function clusterProbe<Query, Facts>(noun: ClusterNoun<Query, Facts>): ClusterProbe<Query, Facts> {
  const { budget, attempt = LOOK, evidence } = noun
  const questions = (query: Query, look?: Duration): ApiQuestions => ({
    paths: noun.paths(query),
    others: noun.others?.(query, look) ?? [],
  })
  return {
    budget,
    attempt,
    describe: ({ query }) => noun.describe(query),
    command: ({ query, access }, look) => askApi(questions(query, look), access, look),
    parse: (result, { query }) => noun.parse(apiAnswers(result, noun.describe(query), questions(query)), query),
    ...(evidence && { evidence: asked => evidence(asked) }),
  }
}
