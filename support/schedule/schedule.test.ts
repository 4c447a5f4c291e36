import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { parse } from 'yaml'
import { z } from 'zod'
import { COMMANDS } from '../cli/registry.ts'

const read = (name: string): string => readFileSync(join(import.meta.dirname, name), 'utf8')

const workflowSchema = z.object({
  jobs: z.record(
    z.string(),
    z.object({ steps: z.array(z.object({ uses: z.string().optional(), run: z.string().optional() })) }),
  ),
})
const workflow = workflowSchema.parse(parse(read('github.yml')))
const steps = Object.values(workflow.jobs).flatMap(job => job.steps)
const scripts = steps.flatMap(({ run }) => run ?? [])

/** Each `nixcumber …` in shell text, up to the end of the command. */
const calls = (text: string): string[][] =>
  [...text.matchAll(/nixcumber ((?:run|compare|merge) .*)/g)].map(([, words = '']) =>
    (words.split(/ (?:\|\||;;)/)[0] ?? '').split(' '),
  )

const flagsOf = (command: string): string[] =>
  (COMMANDS[command]?.options ?? []).map(({ flags }) => flags.split(' ')[0] ?? flags)

for (const [name, text] of [
  ['github.yml', scripts.join('\n')],
  ['module.nix', read('module.nix')],
] as const)
  test(`what ${name} calls is there`, () => {
    const found = calls(text)
    assert.ok(found.length >= 2, `${found.length} calls`)
    for (const [command = '', ...words] of found)
      for (const word of words.filter(each => each.startsWith('--')))
        assert.ok(flagsOf(command).includes(word), `nixcumber ${command} has no ${word}`)
  })

test('the options that the module hands over are there', () => {
  const given = [...read('module.nix').matchAll(/"(--(?:inventory|html|markdown|prometheus))"/g)].map(
    ([, flag]) => flag,
  )
  assert.deepEqual(given.toSorted(), ['--html', '--inventory', '--markdown', '--prometheus'])
  const known = [...flagsOf('run'), ...flagsOf('compare')]
  assert.deepEqual(
    given.filter(flag => !known.includes(flag ?? '')),
    [],
  )
})

test('every script of the workflow is one that bash can read', () => {
  for (const script of scripts) {
    const { status, stderr } = spawnSync('bash', ['-n', '-c', script.replaceAll(/\$\{\{.*?\}\}/g, 'x')], {
      encoding: 'utf8',
    })
    assert.equal(status, 0, stderr)
  }
})

test('every action of the workflow has a version', () => {
  for (const { uses } of steps) if (uses !== undefined) assert.match(uses, /@v\d+$/)
})

for (const [exitCode, leaves, goesOn] of [
  [0, 'a record', true],
  [1, 'a record', true],
  [2, 'a record', false],
  [3, 'a record', true],
  [3, 'no record', false],
  [1, 'no record', false],
] as const)
  test(`after a run that ends with ${exitCode} and leaves ${leaves} the workflow ${goesOn ? 'asks what is new' : 'stops'}`, () => {
    const judge = scripts.find(script => script.includes('nixcumber run --tags')) ?? ''
    const folder = mkdtempSync(join(tmpdir(), 'workflow-'))
    mkdirSync(join(folder, '.nixcumber/runs'), { recursive: true })
    symlinkSync('last-night', join(folder, '.nixcumber/runs/latest'))
    const record = leaves === 'a record' ? 'ln -sfn tonight .nixcumber/runs/latest; ' : ''
    // As the workflow's own shell would: bash -e.
    const script = `npx() { ${record}return ${exitCode}; }\n${judge}`
    const { status } = spawnSync('bash', ['-e', '-c', script], { cwd: folder })
    rmSync(folder, { recursive: true })
    assert.equal(status === 0, goesOn)
  })
