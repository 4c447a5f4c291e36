/**
 * The words with a form of their own. Each pattern is wider than what is allowed, so that a wrong word gets an answer of
 * ours and not "undefined step". Patterns are literals: editors read this file to understand the sentences.
 */
import { defineParameterType } from '@cucumber/cucumber'
import { readDiskSize } from './disk-size.ts'
import { readLabel, readNamespace, readObjectName, readPods, readWorkload } from './kubernetes-words.ts'
import { readKubeVersion, readLabelKey, readNodeAddress, readNodeSize, readRole, readTaint } from './node-words.ts'
import { readAnyName, readApiResource, readResource, readScope, readVerb } from './resource-words.ts'
import { place, readDuration, readSuffix } from './step-suffix.ts'
import {
  readAccount,
  readAddress,
  readFileName,
  readMode,
  readPath,
  readPattern,
  readPort,
  readSha256,
  readTimeZone,
  readUnit,
  readUrl,
} from './words.ts'

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
    readSuffix(machine ?? undefined, within ?? undefined, now ?? undefined),
  useForSnippets: false,
})

/** ` within 2 minutes`, or nothing: the end of sentences that act and then wait. */
defineParameterType({
  name: 'within',
  regexp: /(?: within (\d[\w. ]*))?/,
  transformer: (within?: string) => (within === undefined || within === null ? undefined : readDuration(within)),
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

/** What systemd says of a unit. */
defineParameterType({
  name: 'unit-state',
  regexp: /active|inactive|failed|enabled|disabled|masked/,
  useForSnippets: false,
})

/** What is done to a unit. */
defineParameterType({
  name: 'unit-verb',
  regexp: /started|stopped|restarted|reloaded/,
  useForSnippets: false,
})

/** A node of Kubernetes by its name in double quotes. */
defineParameterType({
  name: 'node',
  regexp: /"([^"]*)"/,
  transformer: (name: string) => readObjectName(name, 'a node'),
  useForSnippets: false,
})

/** What Kubernetes says of a node. */
defineParameterType({
  name: 'node-state',
  regexp: /Ready|unschedulable/,
  useForSnippets: false,
})

/** What kind of thing a cluster keeps, by kubectl's word in double quotes: `"deployment"`. */
defineParameterType({
  name: 'resource',
  regexp: /"([^"]*)"/,
  transformer: readResource,
  useForSnippets: false,
})

/** The name of one, in double quotes; those of roles may hold a colon. */
defineParameterType({
  name: 'any-object',
  regexp: /"([^"]*)"/,
  transformer: readAnyName,
  useForSnippets: false,
})

/** What is done to a resource, by the API's word in double quotes: `"delete"`. */
defineParameterType({
  name: 'api-verb',
  regexp: /"([^"]*)"/,
  transformer: readVerb,
  useForSnippets: false,
})

/** Resources as the API names them, in double quotes: `"pods"`, `"pods/log"`. */
defineParameterType({
  name: 'api-resource',
  regexp: /"([^"]*)"/,
  transformer: readApiResource,
  useForSnippets: false,
})

/** ` in namespace "shop"`, or nothing: what is in no namespace. */
defineParameterType({
  name: 'scope',
  regexp: /(?: in namespace "([^"]*)")?/,
  transformer: (name?: string) => readScope(name ?? undefined),
  useForSnippets: false,
})

/** ` in namespace "shop"`, or nothing: the namespace `default`. */
defineParameterType({
  name: 'namespace',
  regexp: /(?: in namespace "([^"]*)")?/,
  transformer: (name?: string) => readNamespace(name ?? undefined),
  useForSnippets: false,
})

/** A pod of Kubernetes by its name in double quotes. */
defineParameterType({
  name: 'pod',
  regexp: /"([^"]*)"/,
  transformer: (name: string) => readObjectName(name, 'a pod'),
  useForSnippets: false,
})

/** What Kubernetes says of a pod. */
defineParameterType({
  name: 'pod-state',
  regexp: /Ready|Running|Completed/,
  useForSnippets: false,
})

/** A label with its value in double quotes: `"app=web"`. */
defineParameterType({
  name: 'label',
  regexp: /"([^"]*)"/,
  transformer: readLabel,
  useForSnippets: false,
})

/** `all pods with label "app=web"`, `any pod …`, `no pod …`, `at least 2 pods …`. */
defineParameterType({
  name: 'pods',
  regexp: /(all|any|no|at least \d+) pods? with label "([^"]*)"/,
  transformer: readPods,
  useForSnippets: false,
})

/** Of several and of one. */
defineParameterType({
  name: 'are',
  regexp: /are|is/,
  useForSnippets: false,
})

/** What is done to a node. */
defineParameterType({
  name: 'node-verb',
  regexp: /cordoned|uncordoned|drained/,
  useForSnippets: false,
})

/** A role of a node in double quotes: `"control-plane"`. */
defineParameterType({
  name: 'role',
  regexp: /"([^"]*)"/,
  transformer: readRole,
  useForSnippets: false,
})

/** The key of a label in double quotes. */
defineParameterType({
  name: 'label-key',
  regexp: /"([^"]*)"/,
  transformer: readLabelKey,
  useForSnippets: false,
})

/** A taint in double quotes, as kubectl writes it: `"dedicated=db:NoSchedule"`. */
defineParameterType({
  name: 'taint',
  regexp: /"([^"]*)"/,
  transformer: readTaint,
  useForSnippets: false,
})

/** An address of a node in double quotes. */
defineParameterType({
  name: 'node-address',
  regexp: /"([^"]*)"/,
  transformer: readNodeAddress,
  useForSnippets: false,
})

/** A version of Kubernetes in double quotes, or the beginning of one: `"1.30"`. */
defineParameterType({
  name: 'kubelet',
  regexp: /"([^"]*)"/,
  transformer: readKubeVersion,
  useForSnippets: false,
})

/** How large a node is: `10 cpu and 16 GiB`. */
defineParameterType({
  name: 'node-size',
  regexp: /(\d{1,9}) cpu and (\d[\d.]{0,20} ?\w{1,20})/,
  transformer: (cpu: string, memory: string) => readNodeSize(Number(cpu), memory),
  useForSnippets: false,
})

/** What runs pods, by its name in double quotes: `deployment "web"`. */
defineParameterType({
  name: 'workload',
  regexp: /(deployment|daemon set|stateful set|job) "([^"]*)"/,
  transformer: readWorkload,
  useForSnippets: false,
})

/** The name of anything else in a cluster of Kubernetes, in double quotes. */
defineParameterType({
  name: 'object',
  regexp: /"([^"]*)"/,
  transformer: (name: string) => readObjectName(name, 'anything in a cluster'),
  useForSnippets: false,
})

/** How large a disk is: `240 GB`. */
defineParameterType({
  name: 'disk-size',
  regexp: /\d[\d.]* ?\w+/,
  transformer: readDiskSize,
  useForSnippets: false,
})

/** An absolute path on the machine, in double quotes. */
defineParameterType({
  name: 'path',
  regexp: /"([^"]*)"/,
  transformer: readPath,
  useForSnippets: false,
})

/** `file`, or `secret file` whose content is never shown. */
defineParameterType({
  name: 'file',
  regexp: /(secret )?file "([^"]*)"/,
  transformer: (secret: string | undefined, path: string) => readFileName(path, Boolean(secret)),
  useForSnippets: false,
})

/** Permissions as chmod takes them, in double quotes: `"0640"`. */
defineParameterType({
  name: 'mode',
  regexp: /"([^"]*)"/,
  transformer: readMode,
  useForSnippets: false,
})

/** A sha256 in double quotes. */
defineParameterType({
  name: 'sha256',
  regexp: /"([^"]*)"/,
  transformer: readSha256,
  useForSnippets: false,
})

/** `tcp port 22`, `udp port 53`. */
defineParameterType({
  name: 'port',
  regexp: /\b(\w+) port (\d+)/,
  transformer: readPort,
  useForSnippets: false,
})

/** The name of a user or a group in double quotes. */
defineParameterType({
  name: 'account',
  regexp: /"([^"]*)"/,
  transformer: readAccount,
  useForSnippets: false,
})

/** An IP address in double quotes. */
defineParameterType({
  name: 'address',
  regexp: /"([^"]*)"/,
  transformer: readAddress,
  useForSnippets: false,
})

/** A zone of the time zone database in double quotes: `"Europe/Berlin"`. */
defineParameterType({
  name: 'time-zone',
  regexp: /"([^"]*)"/,
  transformer: readTimeZone,
  useForSnippets: false,
})

/** A web address in double quotes. */
defineParameterType({
  name: 'url',
  regexp: /"([^"]*)"/,
  transformer: readUrl,
  useForSnippets: false,
})

/** A regular expression in quotes, after the word `matching`. */
defineParameterType({
  name: 'pattern',
  regexp: /"(?<!\\")([^"\\]*(?:\\.[^"\\]*)*)"|'(?<!\\')([^'\\]*(?:\\.[^'\\]*)*)'/,
  transformer: (inDouble: string | undefined, inSingle: string | undefined) => readPattern(inDouble ?? inSingle ?? ''),
  useForSnippets: false,
})

/** ` to standard error`; standard output when the sentence does not say. */
defineParameterType({
  name: 'stream',
  regexp: /( to standard error)?/,
  transformer: (toStderr?: string) => (toStderr ? 'stderr' : 'stdout'),
  useForSnippets: false,
})
