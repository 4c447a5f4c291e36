/** Programs that are told by a word what to do: `systemctl status`, `git log`. */
import { always, isChange, options, parse, spec } from './options.ts'
import { type Programs, type Rule, unknownWord, unsure } from './rule.ts'

/** By verb: `*` anything, text as `options` takes it, or a rule. Several verbs may share an entry: `'list show'`. */
export type Verbs = Readonly<Record<string, string | Rule>>

/**
 * @param shared options that may stand before the verb, and behind it where the verb's entry is text; with `--version` no verb is needed
 * @param verbs the entry `''`: what it does without a verb
 */
export function verbs(shared: string, entries: Verbs): Rule {
  const before = spec(shared)
  const rules: Programs = Object.fromEntries(
    Object.entries(entries).flatMap(([names, entry]) => names.split(' ').map(name => [name, ruleOf(entry, shared)])),
  )
  return (args, context, name) => {
    const parsed = parse(args, before, name, true)
    if (isChange(parsed)) return parsed
    const [verb, ...others] = parsed.operands
    if (!verb && parsed.options.some(option => option.name === '--version')) return undefined
    if (!verb) return rules['']?.([], context, name) ?? (rules[''] ? undefined : unknownWord(name))
    if (verb.text === undefined) return unsure(verb.raw, name)
    const rule = Object.hasOwn(rules, verb.text) && verb.text !== '' ? rules[verb.text] : undefined
    return rule ? rule(others, context, `${name} ${verb.text}`) : unknownWord(verb.raw, name)
  }
}

function ruleOf(entry: string | Rule, shared: string): Rule {
  if (typeof entry !== 'string') return entry
  return entry === '*' ? always : options(`${shared} ${entry}`)
}
