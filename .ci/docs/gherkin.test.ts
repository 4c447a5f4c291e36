/** What the pages show of features is run by nixcumber itself, without looking further than at the steps. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import test from 'node:test'
import { pages, ROOT } from './page.ts'

const blocks = pages.flatMap(page => page.blocks)
const features = blocks.filter(({ language }) => language === 'gherkin')
const steps = blocks.flatMap(({ code }) => {
  const file = /^\/\/ (features\/steps\/\S+)\n/.exec(code)?.[1]
  return file === undefined ? [] : [{ file, code }]
})

/** Some show a whole feature, some only sentences: around those stand the machines they speak of, and something that is judged. */
function whole(code: string): string {
  if (/^\s*(?:@\S+\s+)*Feature:/.test(code)) return code
  const machines = new Set([...code.matchAll(/^\s*When machine ("[^"]+")/gm)].map(([, name]) => name))
  const given = [...machines].map(name => `Given machine ${name} is running\n`).join('')
  const then = /^\s*Then /m.test(code) ? '' : '\nThen the flake evaluates'
  return `Feature: A part\nScenario: A part\n${given}${code}${then}`
}

/** Gives what nixcumber says of the features. @throws Error with its words when a step is not known */
function look(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'docs-'))
  try {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(join(folder, dirname(file)), { recursive: true })
      writeFileSync(join(folder, file), text)
    }
    return execFileSync(process.execPath, [join(ROOT, 'bin/nixcumber.js'), 'run', '--dry-run'], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, NODE_TEST_CONTEXT: undefined },
    })
  } catch (error) {
    const { stdout, stderr } = error as { readonly stdout?: string; readonly stderr?: string }
    throw new Error(`${stdout}${stderr}`)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const project = {
  // In a CommonJS project a name that is not exported is only undefined.
  'package.json': '{ "type": "module" }',
  'nixcumber.config.json': '{ "machines": { "one": { "roles": ["web"] }, "two": { "roles": ["web"] } } }',
  ...Object.fromEntries(steps.map(({ file, code }) => [file, code])),
}

test('the pages show no sentence that no step has', () => {
  const written = features.map(({ place, code }) => [`features/${place.replaceAll(/\W+/g, '-')}.feature`, whole(code)])
  assert.ok(written.length > 20, `${written.length} features`)
  assert.match(look({ ...project, ...Object.fromEntries(written) }), /^STEPS KNOWN {2}/m)
})

test('a sentence with a typing error is noticed', () =>
  assert.throws(
    () => look({ 'features/a.feature': whole('Then servise "sshd" is active') }),
    /No step has this sentence/,
  ))
