import assert from 'node:assert/strict'
import test from 'node:test'
import { declared, effectOf } from '../effect.ts'
import { meanings, stepDefinitions } from '../testing/step-definitions.ts'

/** The core sentences: scripts outside the repository use these very words. */
const CORE = `
Then the system is running
Then no unit has failed
Then the running system is host "t14"
Then no reboot is needed
Then the time zone is "Europe/Berlin"
Then service "sshd" is active
Then service "sshd" is inactive
Then service "sshd" is failed
Then service "sshd" is enabled
Then service "sshd" is disabled
Then service "sshd" is masked
Then service "sshd" is not active
Then service "sshd" stays active for 10 seconds
Then service "sshd" has "Restart" set to "always"
Then these services are active:
When service "nginx" is stopped
When service "nginx" is started
When service "nginx" is restarted
When service "nginx" is reloaded
Then user "simon" exists
Then user "simon" does not exist
Then user "simon" is in group "wheel"
Then user "simon" is not in group "wheel"
Then user "simon" has shell "/run/current-system/sw/bin/bash"
Then these users exist:
Then group "wheel" has member "simon"
Then file "/etc/hostname" contains "t14"
Then file "/etc/hostname" does not contain "t14"
Then file "/etc/hostname" exists
Then file "/etc/hostname" does not exist
Then file "/etc/hostname" is a directory
Then file "/etc/hostname" is a link to "/etc/static/hostname"
Then file "/etc/shadow" has mode "0640"
Then file "/etc/shadow" has owner "root"
Then file "/etc/shadow" has group "shadow"
Then tcp port 22 is listening
Then udp port 53 is not listening
Then tcp port 22 is listening on address "127.0.0.1"
Then tcp port 80 is reachable
Then "http://localhost/" answers 200
Then "http://localhost/" answers with "Welcome"
When I run "hostname"
Then it succeeds
Then it fails
Then it exits with 3
Then it prints "t14"
Then it prints "t14" to standard error
Then it prints a line matching "^t14$"
Then it prints a line matching "^t14$" to standard error
Then the command "systemctl cat sshd" succeeds
Then the command "systemctl cat sshd" prints "sshd"
Then the command "systemctl cat sshd" fails
Then the journal of "sshd" contains "Server listening"
Given machines "web1, db1" are on a network
Given these machines are on a network:
When the link between "web1" and "db1" goes down
When the link between "web1" and "db1" comes up
When the link between "web1" and "db1" has a latency of 200 milliseconds
When the link between "web1" and "db1" loses 30 % of its packets
When machine "db1" is cut off
When machine "db1" is connected again
Then "web1" reaches "db1"
Then "web1" does not reach "db1"
Then tcp port 5432 of "db1" is reachable from "web1"
Then tcp port 5432 of "db1" is not reachable from "web1"
Then the round trip from "web1" to "db1" takes at least 200 milliseconds
Then the round trip from "web1" to "db1" takes at most 1 second
`
  .trim()
  .split('\n')
  .map(line => line.replace(/^\w+ /, ''))

/** Sentences about what was run before speak of no machine and wait for nothing. */
const takesTail = (sentence: string): boolean =>
  !/^it |^machines? |^these machines |^the link |^service .* is (stopped|started|restarted|reloaded)$| stays /.test(
    sentence,
  )
const withTail = (sentence: string, tail: string): string => sentence.replace(/:?$/, colon => tail + colon)

for (const sentence of CORE)
  test(`understood in exactly one way: ${sentence}`, () => {
    assert.deepEqual(meanings(sentence).length, 1)
    for (const tail of takesTail(sentence)
      ? [' now', ' on "web1"', ' within 30 seconds', ' on "web1" within 1 minute 30 seconds']
      : [])
      assert.equal(meanings(withTail(sentence, tail)).length, 1, withTail(sentence, tail))
  })

test('every Given and When declares its effect; a Then does so only when it runs what the feature says', () => {
  const wrong = stepDefinitions.filter(({ code, keyword }) =>
    keyword === 'Then' ? effectOf(code) && !declared(code)?.byCommand : effectOf(code) === undefined,
  )
  assert.deepEqual(
    wrong.map(step => `${step.uri}:${step.line} ${step.pattern}`),
    [],
  )
})

const refused: Readonly<Record<string, RegExp>> = {
  'service "a b" is active': /cannot be the name of a unit.*systemd-escape/s,
  'service "*" is active': /cannot be the name of a unit/s,
  'service "-H" is active': /cannot be the name of a unit/s,
  'service "sshd" is active within 3 parsecs': /"3 parsecs" is no length of time.*seconds/s,
  'service "sshd" is active within 0 seconds': /no length of time/s,
  'service "sshd" stays active for 10 secs': /no length of time.*Did you mean +seconds|no length of time/s,
  'file "etc/hostname" exists': /no path on the machine.*absolute/s,
  'file "/etc/shadow" has mode "rw"': /no permissions|are no permissions/s,
  'tcp port 70000 is listening': /70000 is no port/s,
  'sctp port 22 is listening': /Unknown protocol "sctp".*tcp, udp/s,
  '"localhost" answers 200': /is no web address.*http:\/\/localhost/s,
  'it prints a line matching "("': /is no regular expression/s,
}

for (const [sentence, reason] of Object.entries(refused))
  test(`refused with a reason: ${sentence}`, () => {
    const [step] = meanings(sentence)
    assert.throws(() => step?.expression.match(sentence)?.map(argument => argument.getValue({})), reason)
  })
