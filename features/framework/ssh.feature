Feature: Live hosts over ssh
  Whoever answers is who was meant, root is reached once for a connection, all that was sent is written down, and nothing stays behind.

  Background:
    Given a project with the file "features/web.feature":
      """
      Feature: Web
        Scenario: who
          Given machine "web1" is running
          Then the command "id -un" prints "root"
      """

  Rule: A host proves who it is

    Scenario: Another key than the given one is refused with both
      Given these hosts of a lab:
        | web1 | changed |
      When nixcumber is called with "run"
      Then the exit code is 3
      And nixcumber says "is not the expected one: another host may be answering"
      And nixcumber says "Expected   SHA256:"
      And nixcumber says "Got        SHA256:"

    Scenario: An unknown key is refused, with its fingerprint and how to believe it
      Given these hosts of a lab:
        | web1 | plain | known |
      When nixcumber is called with "run"
      Then the exit code is 3
      And nixcumber says "is not known"
      And nixcumber says "?host-keys=accept-new believes and stores the keys of new hosts"
      And the project has no folder "known_hosts"

    Scenario: The same is believed when that is asked for, over IPv6 as well
      Given these hosts of a lab:
        | web1 | plain | v6known&host-keys=accept-new |
      When nixcumber is called with "run --out out"
      Then the exit code is 0
      And nixcumber says "its host key was not known; believed and added to"

  Rule: Users become root by sudo

    Scenario: With a password that is found nowhere afterwards
      Given these hosts of a lab:
        | web1 | sudo-password |
      When nixcumber is called with "run --out out" and the password of "web1"
      Then the exit code is 0
      And the password of "web1" stands nowhere in "out"
      And the audit in "out" tells of "id -un" by "deploy, sudo"

    Scenario: A wrong password is tried once
      Given these hosts of a lab:
        | web1 | sudo-password |
      When nixcumber is called with "run" and "NIXCUMBER_SUDO_PASSWORD_WEB1=wrong" in its environment
      Then the exit code is 3
      And nixcumber says "sudo did not accept the password; it was tried once"
      And nixcumber says "correct NIXCUMBER_SUDO_PASSWORD_WEB1"

    Scenario: Where it asks and nobody knows the password, one stays who one is and is told so
      Given these hosts of a lab:
        | web1 | sudo-password |
      When nixcumber is called with "run --out out"
      Then the exit code is 1
      And nixcumber says "asked as deploy, not as root"
      And the audit in "out" tells of "id -un" by "deploy"

    Scenario: Whoever demands root gets root or nothing
      Given these hosts of a lab:
        | web1 | sudo-password | &sudo=yes |
      When nixcumber is called with "run"
      Then the exit code is 3
      And nixcumber says "set NIXCUMBER_SUDO_PASSWORD_WEB1 in the environment"

  Rule: Where nothing may be changed, the kernel sees to it too

    Background:
      Given a project with the file "features/steps/web.ts":
        """
        import { argv, ExpectationNotMet, seconds, Then } from 'nixcumber'
        Then('the home of deploy is looked at', async function () {
          const shell = await this.shell(await this.machine())
          const { exitCode, stderr } = await shell.run(argv('rmdir', '/home/deploy'), { attempt: seconds(20) })
          if (exitCode !== 0) throw new ExpectationNotMet(stderr.toString())
        })
        """
      And a project with the file "features/web.feature":
        """
        Feature: Web
          Scenario: says that it looks, and does not
            Given machine "web1" is running
            Then the home of deploy is looked at
        """

    Scenario: A step that does more than it says changes nothing
      Given these hosts of a lab:
        | web1 | plain |
      And one remembers what "web1" holds
      When nixcumber is called with "run --out out"
      Then the exit code is 1
      And nixcumber says "'/home/deploy': Read-only file system"
      And "web1" holds nothing else within seconds
      And the audit in "out" says that "rmdir /home/deploy" was kept from changes by "reader, kernel"
      And the file "out/run.json" of the project contains '"nets": "reader, kernel"'

    Scenario: It is not in the way where changes are allowed
      Given these hosts of a lab:
        | web1 | plain |
      When nixcumber is called with "run --out out --allow web1=changes"
      Then the exit code is 0
      And the audit in "out" says that "rmdir /home/deploy" was kept from changes by "nothing"

    Scenario: A user who is not root has the reader alone, and is told so
      Given these hosts of a lab:
        | web1 | no-sudo |
      When nixcumber is called with "run --out out"
      Then the exit code is 1
      And nixcumber says "web1: kept from changes by what its commands say, and not by its kernel too (not root)"
      And the audit in "out" says that "rmdir /home/deploy" was kept from changes by "reader"
      And the file "out/run.json" of the project contains '"noKernelNet": "not root"'

  Rule: Nothing is left on the host

    Scenario: A run that has ended
      Given these hosts of a lab:
        | web1 | sudo-free |
      And one remembers what "web1" holds
      When nixcumber is called with "run"
      Then the exit code is 0
      And "web1" holds nothing else within seconds

    Scenario: What a feature itself leaves is seen
      Given these hosts of a lab:
        | web1 | plain |
      And a project with the file "features/web.feature":
        """
        Feature: Web
          Scenario: leaves
            Given machine "web1" is running
            When I run "touch /tmp/left"
            Then it succeeds
        """
      And one remembers what "web1" holds
      When nixcumber is called with "run --allow web1=changes"
      Then the exit code is 0
      And "web1" holds "/tmp/left" besides

    Scenario: A runner that was killed while a command ran
      Given these hosts of a lab:
        | web1 | sudo-free |
      And a project with the file "features/web.feature":
        """
        Feature: Web
          Scenario: long
            Given machine "web1" is running
            When I run "sleep 4321"
            Then it succeeds
        """
      And one remembers what "web1" holds
      When nixcumber is called with "run --allow web1=changes" and killed while "sleep 4321" runs on "web1"
      Then "web1" holds nothing else within seconds
