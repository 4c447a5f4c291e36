import assert from 'node:assert/strict'
import test from 'node:test'
import { candidates } from '../runner/workers/testing/candidates.ts'
import { stepDefinitions } from '../world/testing/step-definitions.ts'
import type { Definition } from './effects/effects.ts'
import { emptyParts, judgesNothing } from './empty-parts.ts'
import { refuseProblems } from './problem.ts'
import { rehearse } from './rehearse.ts'
import type { AssembledScenario } from './scenario-runtime.ts'

const definitions = (stepDefinitions as unknown as readonly Definition[]).map((each, at) => ({
  ...each,
  id: `${at}`,
  expression: each.expression,
}))
const byId = new Map(definitions.map(each => [each.id, each]))

function assembled(feature: string): AssembledScenario[] {
  return candidates({ 'a.feature': feature }).map(({ gherkinDocument, pickle }) => ({
    gherkinDocument,
    pickle,
    testCase: {
      id: pickle.id,
      pickleId: pickle.id,
      testSteps: pickle.steps.map(({ id, text }) => ({
        id,
        pickleStepId: id,
        stepDefinitionIds: definitions.filter(({ expression }) => expression.match(text) !== null).map(each => each.id),
      })),
    },
  }))
}

interface Terms {
  readonly known?: readonly string[]
  readonly isOwn?: boolean
  readonly hasForeignHooks?: boolean
}

const rehearsed = (feature: string, { known = [], isOwn = true, hasForeignHooks = false }: Terms = {}) =>
  rehearse(assembled(feature), {
    ...{ projectDir: '/project', definitions: byId, isOwn: () => isOwn, known, dryRun: false, hasForeignHooks },
  })

const scenario = (...steps: string[]): string =>
  `Feature: F\n  Scenario: S\n${steps.map(step => `    ${step}\n`).join('')}`
const RUNS = 'Given machine "web" is running'
const TWO = 'Given machines "web, db" are on a network'

/** What is wrong with a sentence after the machine was brought into play; its words begin so. */
const REFUSED: readonly (readonly [step: string, words: RegExp])[] = [
  ['Then service "sshd" is active within 5 minuts', /"5 minuts" is no length of time[\s\S]*minutes/],
  ['Then service "sshd" stays active for 3 parsecs', /"3 parsecs" is no length of time/],
  ['Then service "s s h d" is active', /cannot be the name of a unit/],
  ['Then service "sshd" is active on "wbe"', /Unknown machine "wbe"[\s\S]*Did you mean +web/],
  ['When machine "wbe" reboots', /Unknown machine "wbe"/],
  ['Then file "/etc/x" has mode "0999"', /"0999" are no permissions/],
  ['Then file "etc/x" exists', /is no path on the machine/],
  ['Then tcp port 99999 is listening', /99999 is no port/],
  ['Then tpc port 22 is listening', /Unknown protocol "tpc"[\s\S]*Did you mean +tcp/],
  ['Then "localhost" answers 200', /is no web address/],
  ['Then "http://localhost/" answers 2000', /2000 is no status of a page/],
  ['Then "http://localhost/" does not answer 20', /20 is no status of a page[\s\S]*from 100 to 999/],
  ['Then the command "ls" exits with 256', /256 is no exit code/],
  ['Then the command "ls" exits with -1', /-1 is no exit code/],
  ['Then group "wheel" has gid -5', /-5 is no id/],
  ['Then user "simon" has uid 99999999999', /99999999999 is no id/],
  ['Then the journal of "sshd" contains a line matching "("', /is no regular expression/],
  ['Then the console shows a line matching "("', /is no regular expression/],
  [
    'Then the console shows a line matching "[[:digit:]]+"',
    /is no regular expression[\s\S]*JavaScript's[\s\S]*\[\[:digit:\]/,
  ],
  ['Then the console shows a line matching "\\<web\\>"', /is no regular expression/],
  ['Then the console shows a line matching "\\Aweb\\Z"', /is no regular expression/],
  ['Then the console shows a line matching "(?i)web"', /is no regular expression/],
  ['When I press "ctrl-atl-del" on the screen', /Unknown key "atl"/],
  ['When I press "Entr" at the console', /Entr/],
  ['When the link between "web" and "web" loses 200 % of its packets', /cannot lose 200 %/],
  ['When I run "# nothing"', /There is no command/],
  ['When I run ""', /This text is empty/],
  ['Then it succeeds', /Nothing was run before/],
  ['Then the command "true" prints ""', /This text is empty/],
  ['Then file "/etc/hosts" contains ""', /This text is empty/],
  ['Then file "/etc/hosts" does not contain ""', /This text is empty/],
  ['Then the journal contains ""', /This text is empty/],
  ['Then "http://localhost/" answers with ""', /This text is empty/],
  ['Given the host "web" with modules "base"', /There is no flake to put the host "web" into/],
  ['Given the console prompt "Passphrase" is answered with the secret "NO_SUCH_SECRET_IS_SET"', /is not set/],
  ['Then udp port 53 is reachable', /A udp port gives no sign/],
]
for (const [step, words] of REFUSED)
  test(`refused before anything is built: ${step}`, async () => {
    const [problem, ...others] = await rehearsed(scenario(RUNS, step))
    assert.match(problem?.message ?? 'nothing', words)
    assert.deepEqual(
      { place: problem?.place, sentence: problem?.sentence, others },
      { place: 'a.feature:4', sentence: step, others: [] },
    )
  })

const TABLES: readonly (readonly [step: string, rows: readonly string[], words: RegExp])[] = [
  ['Then these users exist:', ['| user | uidd |', '| simon | 1 |'], /Unknown column "uidd"[\s\S]*Did you mean +uid/],
  ['Then these users exist:', ['| user | uid |'], /has no row/],
  ['Then these services are active:', ['| sshd |', '| sshd |'], /"sshd" stands twice/],
  ['Then these options of host "web" hold:', ['| option | valeu |', '| a | b |'], /Unknown column "valeu"/],
]
for (const [step, rows, words] of TABLES)
  test(`a table is read before anything is built: ${rows.join(' ')}`, async () => {
    const [problem] = await rehearsed(scenario(RUNS, step, ...rows.map(row => `  ${row}`)))
    assert.match(problem?.message ?? 'nothing', words)
  })

const UNDERSTOOD: readonly (readonly [name: string, steps: readonly string[], terms?: Terms])[] = [
  [
    'a machine, and what is judged of it',
    [RUNS, 'Then service "sshd" is active within 5 minutes', 'And the system is running on "web"'],
  ],
  ['a command, and what it said', [RUNS, 'When I run "true"', 'Then it succeeds', 'And it prints nothing']],
  ['an option that is empty', ['Then option "a.b" of host "web" is ""']],
  ['a property that is empty', [RUNS, 'Then service "sshd" has "Environment" set to ""']],
  [
    'a flake that is put together',
    ['Given a dendritic flake', 'And the host "web" with modules "base"', 'Then host "web" evaluates'],
  ],
  ['the only machine of the run', ['Then the system is running'], { known: ['web'] }],
  ['two machines by their names', [TWO, 'Then the system is running on "db"', 'And "web" reaches "db"']],
  [
    'a machine that a step of the project may have brought',
    ['Then the system is running on "other"'],
    { hasForeignHooks: true },
  ],
]
for (const [name, steps, terms] of UNDERSTOOD)
  test(`understood: ${name}`, async () => assert.deepEqual(await rehearsed(scenario(...steps), terms), []))

test('two machines, and none named; none at all, which may be given later; and several that the run knows', async () => {
  const message = async (terms: Terms, ...steps: string[]) => (await rehearsed(scenario(...steps), terms))[0]?.message
  assert.match((await message({}, TWO, 'Then the system is running')) ?? '', /2 machines are in play: which one\?/)
  assert.equal(await message({}, 'Then the system is running on "web"'), undefined)
  assert.match((await message({ known: ['a', 'b'] }, 'Then the system is running')) ?? '', /which one\?/)
})

test('of steps of the project only the words that nixcumber reads are read', async () => {
  const [problem, ...others] = await rehearsed(
    scenario('Then file "/etc/hosts" contains ""', 'Then service "sshd" is active within 5 minuts'),
    { isOwn: false },
  )
  assert.match(problem?.message ?? '', /no length of time/)
  assert.deepEqual(others, [])
})

test('all that is refused is told at once, each once', async () => {
  const steps = ['Then service "a b" is active', 'Then tcp port 0 is listening', 'Then tcp port 0 is listening']
  const problems = await rehearsed(scenario(RUNS, ...steps))
  assert.throws(() => refuseProblems([...problems, ...problems]), {
    name: 'UsageError',
    message:
      /^3 things in the features are refused: nothing was started\n\n {2}a\.feature:4 {2}Then service "a b" is active\n[\s\S]*a\.feature:6/,
  })
  refuseProblems([])
})

const emptied = (feature: string): string[] => {
  const documents = new Set(
    candidates({ 'a.feature': `${feature}\n  Scenario: last\n    Then x\n` }).map(each => each.gherkinDocument),
  )
  return emptyParts([...documents]).map(({ place, message }) => `${place} ${message.split('\n')[0]}`)
}

test('Examples without rows, an Outline without Examples, and an empty cell', () => {
  const outline = (...rows: string[]): string =>
    `Feature: F\n  Scenario Outline: O\n    Then x <a>\n${rows.map(row => `    ${row}\n`).join('')}`
  assert.deepEqual(emptied(outline('Examples:', '| a |')), ['a.feature:4 This table has no row: nothing is run for it'])
  assert.deepEqual(emptied(outline('Examples:', '| a | b |', '| 1 |  |')), ['a.feature:6 The cell of <b> is empty'])
  assert.deepEqual(emptied(outline()), ['a.feature:2 It has no Examples, and is never run'])
  assert.deepEqual(emptied(outline('Examples:', '| a |', '| 1 |')), [])
})

test('a feature without scenarios', () => {
  const [problem] = emptyParts([{ uri: 'a.feature', comments: [] }])
  assert.match(problem?.message ?? '', /It has no scenario/)
})

test('a scenario that judges nothing', () => {
  const judged = (...steps: string[]) =>
    assembled(scenario(...steps)).flatMap(each => judgesNothing(each, id => byId.get(id)?.keyword === 'Then'))
  assert.match(judged(RUNS, 'When I run "true"')[0]?.message ?? '', /It judges nothing/)
  assert.match(judged()[0]?.message ?? '', /It has no step\./)
  assert.deepEqual(judged(RUNS, 'Then the system is running'), [])
  assert.deepEqual(judged(RUNS, '* the system is running'), [])
})
