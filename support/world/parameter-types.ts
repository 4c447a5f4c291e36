/**
 * The words with a form of their own. Each pattern is wider than what is allowed, so that a wrong word gets an answer of
 * ours and not "undefined step". Patterns are literals: editors read this file to understand the sentences.
 */
import { defineParameterType } from '@cucumber/cucumber'
import { place, readDuration, tail } from './tail.ts'
import { readUnit } from './words.ts'

/** ` on "web1"`, or nothing. */
defineParameterType({
  name: 'place',
  regexp: /(?: on "([^"]*)")?/,
  transformer: (machine?: string) => place(machine ?? undefined),
  useForSnippets: false,
})

/** ` on "web1" within 30 seconds`, ` now`, any of it or nothing: the end of every sentence that waits. */
defineParameterType({
  name: 'tail',
  regexp: /(?: on "([^"]*)")?(?: within (\d[\w. ]*)|( now))?/,
  transformer: (machine?: string, within?: string, now?: string) =>
    tail(machine ?? undefined, within ?? undefined, now ?? undefined),
  useForSnippets: false,
})

/** `1 minute 30 seconds`. */
defineParameterType({
  name: 'duration',
  regexp: /\d[\w.]*(?: [\w.]+)*?/,
  transformer: readDuration,
  useForSnippets: false,
})

/** A unit by its exact name in double quotes; without a suffix it is a service: `"sshd"` is sshd.service. */
defineParameterType({
  name: 'unit',
  regexp: /"([^"]*)"/,
  transformer: readUnit,
  useForSnippets: false,
})
