@vm
Feature: What isolation rests on
  Which steps change a machine is said by those who write them. Who says nothing is taken to change it; who says the wrong thing leaks.

  Scenario: A step that does not say what it does is taken to change the machine; one that lies does leak
    Given the suite "network"
    And a project with the file "features/network.feature":
      """
      Feature: Marks
        Background:
          Given the flake "."
          And machine "web1" is running

        Scenario: forgets to say
          When somebody touches "/root/forgotten"
          Then file "/root/forgotten" exists

        Scenario: finds nothing of it
          Then file "/root/forgotten" does not exist now

        Scenario: lies
          When somebody says to look and touches "/root/lied"
          Then file "/root/lied" exists

        Scenario: finds the lie
          Then file "/root/lied" exists now

        @fresh
        Scenario: is booted for itself
          Then file "/root/lied" does not exist now
          And the command "cut -d. -f1 /proc/uptime" succeeds
          And nothing is left of the machine before it

        @fresh @shared
        Scenario: wants what cannot be
          Then the system is running
      """
    And a project with the file "features/steps/marks.ts":
      """
      import { existsSync, readdirSync, readFileSync } from 'node:fs'
      import { argv, ExpectationNotMet, reads, seconds, Then, When } from 'nixcumber'
      async function touch(file) {
        const shell = await this.shell(await this.machine())
        await shell.run(argv('touch', file), { attempt: seconds(20) })
      }
      When('somebody touches {string}', touch)
      When('somebody says to look and touches {string}', reads(touch))
      Then('nothing is left of the machine before it', function () {
        const runs = readdirSync('/var/tmp').filter(name => name.startsWith('nixcumber-')).map(name => `/var/tmp/${name}`)
        const own = runs.find(path => existsSync(`${path}/owner`) && readFileSync(`${path}/owner`, 'utf8').startsWith(`${process.pid} `))
        const machines = readdirSync(own).filter(name => /^m\d+$/.test(name))
        if (machines.length !== 1) throw new ExpectationNotMet(`there are the folders of ${machines.join(' and ')}`)
      })
      """
    When nixcumber is called with "run --offline --out out"
    Then the exit code is 2
    And nixcumber does not say "could not be taken back"
    And the scenarios end as follows:
      | scenario              | end     |
      | forgets to say        | held    |
      | finds nothing of it   | held    |
      | lies                  | held    |
      | finds the lie         | held    |
      | is booted for itself  | held    |
      | wants what cannot be  | error   |

  Scenario: The second run of an unchanged machine does not boot it, and knows what it is
    Given the suite "network"
    And a project with the file "nixcumber.config.json":
      """
      {}
      """
    And a project with the file "features/network.feature":
      """
      Feature: Once
        Scenario: it is there
          Given the flake "."
          And machine "web1" is running
          Then the system is running
          And the console shows "login:"
      """
    When nixcumber is called with "run --offline --out first"
    Then the exit code is 0
    When nixcumber is called with "run --offline --out second"
    Then the exit code is 0
    And nixcumber says "goes on where it was ready"
    And the file "second/run.json" of the project contains "savedAt"
    And the file "first/facts/web1.json" of the project contains "dbus.service"
    And the file "second/facts/web1.json" of the project contains "dbus.service"

  Scenario: A machine that nobody needs any more gives its memory to the next one
    Given the suite "network"
    And machines in it that take 60 % of the free memory each
    And a project with the file "features/network.feature":
      """
      Feature: Big machines
        Background:
          Given the flake "."

        Scenario: one changes
          Given machine "web1" is running
          When I run "touch /root/left"
          Then it succeeds

        Scenario: the other one
          Given machine "db1" is running
          Then the system is running

        Scenario: the one again, clean
          Given machine "web1" is running
          Then file "/root/left" does not exist now

        Scenario: both
          Given machine "web1" is running
          And machine "db1" is running
          Then the system is running on "db1"
      """
    When nixcumber is called with "run --offline --out out"
    Then the exit code is 3
    And nixcumber says:
      """
      ! Machine "web1" was ended: "db1" needs its memory
      """
    And nixcumber says:
      """
      There is not enough memory to boot machine "db1"
      """
    And the scenarios end as follows:
      | scenario              | end   |
      | one changes           | held  |
      | the other one         | held  |
      | the one again, clean  | held  |
      | both                  | error |
