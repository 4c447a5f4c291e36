import assert from 'node:assert/strict'
import test from 'node:test'
import { compare } from './compare.ts'
import { groupProblems } from './groups.ts'
import { failing, material, past, scenario, side } from './testing/sides.ts'

const key = (name: string): string => `features/web.feature: ${name}`
const error = (name: string) => scenario(name, { outcome: 'error', said: 'no ssh connection' })

for (const [what, then, now, list, exitCode] of [
  ['held and still holds', [scenario('a')], [scenario('a')], undefined, 0],
  ['held and does not hold', [scenario('a')], [failing('a', 'x')], 'newFailures', 1],
  ['could not be checked and does not hold', [error('a')], [failing('a', 'x')], 'newFailures', 1],
  ['was not there and does not hold', [], [failing('a', 'x')], 'newFailures', 1],
  ['held and cannot be checked', [scenario('a')], [error('a')], 'newErrors', 3],
  ['did not hold and cannot be checked', [failing('a', 'x')], [error('a')], 'newErrors', 3],
  ['did not hold and does not', [failing('a', 'x')], [failing('a', 'x')], 'stillFailing', 0],
  ['could not be checked and cannot', [error('a')], [error('a')], 'stillFailing', 0],
  ['did not hold and holds', [failing('a', 'x')], [scenario('a')], 'fixed', 0],
] as const)
  test(`what ${what} is in ${list ?? 'no list'}, exit code ${exitCode}`, () => {
    const found = compare(material(side(then), side(now)))
    for (const each of ['newFailures', 'newErrors', 'stillFailing', 'fixed'] as const)
      assert.equal(found[each].length, each === list ? 1 : 0, each)
    assert.equal(found.verdict.exitCode, exitCode)
  })

const leftOut = scenario('b', { outcome: 'skipped' })
for (const [what, then, exitCode] of [
  ['held before', scenario('b'), 3],
  ['did not hold before', failing('b', 'x'), 3],
  ['was not there', undefined, 3],
  ['was left out before', leftOut, 0],
] as const)
  test(`what is left out now and ${what}: exit code ${exitCode}`, () => {
    const base = side([scenario('a'), ...(then ? [then] : [])])
    const found = compare(material(base, side([scenario('a'), leftOut])))
    assert.equal(found.verdict.exitCode, exitCode)
    assert.deepEqual(found.notComparable, [{ scenario: key('b'), reason: 'left out in the current run' }])
  })

test('with --strict what is old counts', () => {
  const both = [failing('a', 'x')]
  assert.equal(compare(material(side(both), side(both), { strict: true })).verdict.exitCode, 1)
  assert.equal(compare(material(side([error('a')]), side([error('a')]), { strict: true })).verdict.exitCode, 3)
})

test('without a base everything bad is new', () => {
  const { verdict, newFailures } = compare(material(undefined, side([failing('a', 'x'), scenario('b')])))
  assert.deepEqual([verdict.exitCode, verdict.summary, newFailures.length], [1, '1 new failure, 1 held', 1])
})

test('a new failure shows what the same step saw before', () => {
  const now = failing(
    'a',
    'a was not active\n\n  Expected   active\n  Observed   failed, exit code 1          1.2 s before the end\n             twice\n  Waited     1 s',
  )
  const [problem] = compare(material(side([scenario('a', { seen: 'active (running)' })]), side([now]))).newFailures
  assert.equal(problem?.headline, 'a was not active')
  assert.equal(problem?.baseline, 'active (running)')
  assert.equal(problem?.observed, 'failed, exit code 1\ntwice')
})

test('the age of a failure is counted through runs that did not have it', () => {
  const course = [
    past('2026-05-01T01:00:00Z', { a: 'failed' }),
    past('2026-05-01T02:00:00Z', { a: 'held' }),
    past('2026-05-01T03:00:00Z', { a: 'failed' }),
    past('2026-05-01T04:00:00Z', { b: 'held' }),
    past('2026-05-01T05:00:00Z', { a: 'skipped' }),
  ]
  const [problem] = compare(
    material(side([failing('a', 'x')]), side([failing('a', 'x')]), { past: course }),
  ).stillFailing
  assert.deepEqual(problem?.age, { runs: 2, since: '2026-05-01T03:00:00Z', revision: 'rev-2026-05-01' })
  assert.equal(problem?.flaky, true)
})

test('what comes and goes is told, and counts all the same', () => {
  const course = (['held', 'failed', 'held'] as const).map((a, i) => past(`2026-05-01T0${i}:00:00Z`, { a }))
  const found = compare(material(side([scenario('a')]), side([failing('a', 'x')]), { past: course }))
  assert.deepEqual([found.flaky.length, found.newFailures.length, found.verdict.exitCode], [1, 1, 1])
  const steady = compare(material(side([scenario('a')]), side([failing('a', 'x')]), { past: course.slice(0, 1) }))
  assert.equal(steady.flaky.length, 0)
})

test('what held only at a second attempt is told', () =>
  assert.match(
    compare(material(side([scenario('a')]), side([scenario('a', { attempts: 2 })]))).flaky[0]?.why ?? '',
    /attempt 2/,
  ))

test('a scenario with another name and the same steps was renamed; of two such it cannot be told', () => {
  const renamed = compare(material(side([scenario('a')]), side([failing('b', 'x', { body: 'body of a' })])))
  assert.deepEqual(renamed.renamed, [{ from: key('a'), to: key('b') }])
  assert.deepEqual([renamed.added, renamed.removed, renamed.newFailures.length], [[], [], 1])
  const twins = [scenario('b', { body: 'body of a' }), scenario('c', { body: 'body of a' })]
  const unclear = compare(material(side([scenario('a')]), side(twins)))
  assert.deepEqual([unclear.renamed, unclear.added.length, unclear.removed.length], [[], 2, 1])
})

test('what was left out is not removed', () => {
  const base = side([scenario('a'), scenario('b')])
  const chosen = side([scenario('a')], { command: ['run', '--tags', '@a'] }, { there: base.there })
  assert.deepEqual(compare(material(base, chosen)).notComparable, [
    { scenario: key('b'), reason: 'left out of the current run by --tags' },
  ])
  const elsewhere = side(
    [scenario('a', { uri: 'features/x.feature' })],
    {},
    { there: new Map([['features/x.feature', new Set([key('a')])]]) },
  )
  assert.match(compare(material(base, elsewhere)).notComparable[0]?.reason ?? '', /its feature was not part/)
})

test('a scenario whose name only begins as that of another one is removed, whatever machine it had', () => {
  const bare = scenario('a and no other')
  const named = scenario('a 12345', { machine: 'web1', key: key('a 12345') })
  for (const gone of [{ ...bare, key: key('a123456789012') }, named])
    assert.deepEqual(compare(material(side([scenario('a'), gone]), side([scenario('a')]))).removed, [gone.key])
})

test('what the base left out is not added; when it is bad now it counts', () => {
  const base = side(
    [scenario('a')],
    { command: ['run', '--tags=@a'] },
    { there: new Map([['features/web.feature', new Set([key('a'), key('b')])]]) },
  )
  const { added, notComparable, newFailures } = compare(material(base, side([scenario('a'), failing('b', 'x')])))
  assert.deepEqual([added, newFailures[0]?.baseline], [[], 'the scenario was not there'])
  assert.deepEqual(notComparable, [{ scenario: key('b'), reason: 'left out of the base run by --tags' }])
})

test('a machine that the inventory has lost is not good: it was not looked at', () => {
  const on = (...machines: string[]) => side(machines.map(machine => scenario('a', { machine })))
  const found = compare(material(on('web1', 'web2'), on('web1')))
  assert.deepEqual([found.removed, found.verdict.exitCode], [[], 3])
  assert.match(found.notComparable[0]?.reason ?? '', /machine web2 was not judged in the current run/)
})

test('a run that was killed in the middle is not good by what it had judged', () => {
  const killed = side([scenario('a'), scenario('b', { outcome: 'unfinished', attempts: 0 })], {}, { state: 'killed' })
  assert.equal(compare(material(side([scenario('a'), scenario('b')]), killed)).verdict.exitCode, 3)
  const atItsEnd = side([scenario('a')], {}, { state: 'killed' })
  assert.equal(compare(material(side([scenario('a')]), atItsEnd)).verdict.exitCode, 3)
})

test('a run whose messages say less than its verdict is not good', () => {
  const base = side([scenario('a')])
  const unfinished = compare(material(base, side([scenario('a')], {}, { finished: false })))
  assert.equal(unfinished.verdict.word, 'NOT COMPARABLE')
  assert.match(unfinished.notComparable.at(-1)?.reason ?? '', /its messages come to no end/)
  const lost = compare(
    material(base, side([scenario('a')], { exitCode: 1, verdict: 'NO-GO  1 scenario did not hold' })),
  )
  assert.equal(lost.verdict.exitCode, 3)
  assert.match(lost.notComparable.at(-1)?.reason ?? '', /it ended with "NO-GO/)
})

test('a damaged record between the two is named', () => {
  const damaged = [{ folder: '/runs/x', start: '2026-05-02T03:30:00Z', why: 'no run.json in it' }]
  const { verdict, notComparable } = compare(material(side([scenario('a')]), side([scenario('a')]), { damaged }))
  assert.equal(verdict.exitCode, 0)
  assert.match(notComparable[0]?.scenario ?? '', /\/runs\/x/)
})

test('what a killed run did not come to is not comparable, and nothing judged is not good', () => {
  const killed = side([scenario('a', { outcome: 'unfinished', attempts: 0 })], {}, { state: 'killed' })
  const { notComparable, verdict } = compare(material(side([scenario('a')]), killed))
  assert.match(notComparable[0]?.reason ?? '', /killed/)
  assert.deepEqual([verdict.word, verdict.exitCode], ['NOT COMPARABLE', 3])
})

for (const [what, run] of [
  ['look-alike inputs', { inputs: 'offline' }],
  ['--dry-run', { command: ['run', '--dry-run'] }],
] as const)
  test(`with ${what} on one side nothing is comparable`, () => {
    const found = compare(
      material(
        side([scenario('a')], { ...run, command: [...('command' in run ? run.command : [])] }),
        side([failing('a', 'x')]),
      ),
    )
    assert.deepEqual([found.newFailures.length, found.verdict.exitCode], [0, 3])
    assert.match(found.notComparable[0]?.reason ?? '', new RegExp(what))
  })

test('the same failure on many hosts is one group, whatever its times and ports', () => {
  const on = (machine: string, seconds: number, port: number) =>
    failing('a', `http://${machine}:${port}/ on ${machine} did not answer 200 within ${seconds} s`, { machine })
  const same = [on('web1', 60, 40001), on('web2', 61, 51234), on('web10', 60, 33999)]
  // A port that was chosen, not given by the kernel, tells failures apart.
  const { newFailures } = compare(material(side([]), side([...same, on('web3', 60, 8080), failing('b', 'other')])))
  assert.deepEqual(
    groupProblems(newFailures).map(({ machines }) => machines),
    [['web1', 'web2', 'web10'], ['web3'], []],
  )
})

test('facts that share the words of a failure stand beside it, those of the unit first', () => {
  const facts = (nginx: string, state: string) =>
    new Map([['web1', { closure: { nginx, curl: nginx }, units: { 'nginx.service': state }, users: { root: '0' } }]])
  const now = failing('nginx', 'x', { machine: 'web1' })
  const found = compare(
    material(
      side([scenario('nginx', { machine: 'web1' })], {}, { facts: facts('1.26.2', 'active') }),
      side([now], {}, { facts: facts('1.27.0', 'failed') }),
    ),
  )
  assert.deepEqual(
    found.newFailures[0]?.near.map(({ section, key: fact }) => `${section} ${fact}`),
    ['units nginx.service', 'closure nginx'],
  )
  assert.equal(found.facts.length, 3)
})

test('a host in QEMU and the live one: the systems are compared, and differences of the machine are expected', () => {
  const vm = { machines: { web1: { driver: 'nixos-shell' } }, toplevels: { web1: '/nix/store/a-nixos' } }
  const live = { machines: { web1: { driver: 'ssh', running: '/nix/store/b-nixos' } } }
  const facts = (root: string, unit: string) =>
    new Map([['web1', { mounts: { '/': root }, units: { 'nginx.service': unit } }]])
  const found = compare(
    material(
      side([scenario('a')], vm, { facts: facts('vda', 'active') }),
      side([scenario('a')], live, { facts: facts('sda', 'failed') }),
    ),
  )
  assert.deepEqual(found.systems, [
    { machine: 'web1', before: '/nix/store/a-nixos', after: '/nix/store/b-nixos', transports: true },
  ])
  assert.deepEqual(
    found.facts.map(({ section, expected }) => [section, expected]),
    [
      ['mounts', true],
      ['units', undefined],
    ],
  )
})

for (const [until, exitCode, state] of [
  ['2026-05-02', 0, 'failing'],
  ['2026-05-01', 1, 'expired'],
  [undefined, 0, 'failing'],
] as const)
  test(`a waiver ${until ? `until ${until}` : 'without end'}: ${state}`, () => {
    const waivers = [{ scenario: 'a', reason: 'known', until }]
    const found = compare(material(side([scenario('a')]), side([failing('a', 'x')]), { waivers }))
    assert.deepEqual([found.verdict.exitCode, found.waived[0]?.state], [exitCode, state])
  })

test('a waiver for one machine says nothing of another', () => {
  const waivers = [{ scenario: 'a', machine: 'web1', reason: 'known' }]
  const now = [failing('a', 'x', { machine: 'web1' }), failing('a', 'x', { machine: 'web2' })]
  const found = compare(material(side([]), side(now), { waivers }))
  assert.deepEqual(
    found.newFailures.map(({ machine }) => machine),
    ['web2'],
  )
})

test('slower is what took twice as long as usual, and 5 s more', () => {
  const course = [past('2026-05-01T01:00:00Z', { a: 'held', b: 'held' }, 4000)]
  const now = [scenario('a', { milliseconds: 9500 }), scenario('b', { milliseconds: 8500 })]
  const { slower } = compare(material(side([scenario('a'), scenario('b')]), side(now), { past: course }))
  assert.deepEqual(slower, [{ scenario: key('a'), milliseconds: 9500, usually: 4000 }])
})

test("a problem that is no machine's names none", () => {
  const [problem] = compare(material(side([]), side([failing('a', 'x')]))).newFailures
  assert.ok(problem && !('machine' in problem))
})
