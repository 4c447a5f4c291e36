/** The same forty checks as a feature and as tests of pytest-testinfra. */

interface Check {
  readonly step: string
  readonly python: string
}

const USERS = ['root', 'daemon', 'bin', 'sys', 'sync']
const FILES = ['/etc/passwd', '/etc/group', '/etc/nsswitch.conf', '/etc/debian_version', '/etc/profile']

export const CHECKS: readonly Check[] = [
  ...USERS.flatMap(user => [
    { step: `user "${user}" exists`, python: `host.user("${user}").exists` },
    {
      step: `user "${user}" has uid ${USERS.indexOf(user)}`,
      python: `host.user("${user}").uid == ${USERS.indexOf(user)}`,
    },
    { step: `group "${groupOf(user)}" exists`, python: `host.group("${groupOf(user)}").exists` },
  ]),
  ...FILES.flatMap(file => [
    { step: `file "${file}" exists`, python: `host.file("${file}").exists` },
    { step: `file "${file}" has owner "root"`, python: `host.file("${file}").user == "root"` },
    { step: `file "${file}" has mode "0644"`, python: `host.file("${file}").mode == 0o644` },
    {
      step: `the command "cat ${file}" succeeds`,
      python: `host.run("cat ${file}").succeeded`,
    },
    {
      step: `file "/nowhere${file}" does not exist now`,
      python: `not host.file("/nowhere${file}").exists`,
    },
  ]),
]

function groupOf(user: string): string {
  return user === 'sync' ? 'adm' : user
}

export const feature = (machine: string): string =>
  `Feature: ${machine}\n  Background:\n    Given machine "${machine}" is running\n${CHECKS.map(({ step }) => `  Scenario: ${step.replaceAll('"', '')}\n    Then ${step}\n`).join('')}`

export const tests = (): string =>
  CHECKS.map(({ python }, at) => `def test_${at}(host):\n    assert ${python}\n`).join('\n')
