@vm
Feature: Every promise has a failing twin
  One machine, broken on purpose. Each sentence is asked of it where it does not hold, and must say so in words of its own.

  Scenario: The words of each failure
    Given the suite "twins"
    When nixcumber is called with "run --offline --out out"
    Then the exit code is 1
    And it says of each scenario:
      | scenario                              | words |
      | no unit has failed                    | the system on broken had failed units: 1 unit failed (quitter.service) |
      | the system is running                 | 1 unit failed (quitter.service) |
      | a service that failed for good        | quitter.service on broken was not active: it failed for good (exit-code) |
      | a service that keeps falling over     | stumbler.service on broken did not stay active for 5 s |
      | a service that does not exist         | sshd.service on broken was not there: there is no unit sshd.service, did you mean dbus.service? |
      | a service that is mistyped            | ngnix.service on broken was not there: there is no unit ngnix.service, did you mean nginx.service? |
      | a service that should not run         | dbus.service on broken was not inactive |
      | a property of a service               | stumbler.service on broken did not have Restart set to no |
      | a table of services                   | these 3 services on broken were not all active |
      | a user that does not exist            | user anna on broken did not exist: there is no user anna |
      | a user that should not exist          | user simon on broken existed: it is there, and users do not vanish |
      | a user that is not in a group         | user simon on broken was not in group wheel |
      | a user with another shell             | user simon on broken did not have shell /run/current-system/sw/bin/bash |
      | a table of users                      | these 2 users on broken were not all as in the table |
      | a file that does not exist            | file /etc/no-such-file on broken did not exist |
      | a file with other content             | file /etc/hostname on broken did not contain "t14" |
      | a file with another mode              | file /etc/secret.txt on broken did not have mode 0600 |
      | a port nobody listens on              | tcp port 22 on broken was not listening |
      | a port that cannot be reached         | tcp port 80 on broken was not reachable |
      | a page that is not there              | http://localhost/ on broken did not answer 200 |
      | a command that fails                  | "false" on broken did not succeed |
      | a command that prints something else  | "hostname" on broken did not print "t14" |
      | a journal without the line            | the journal of quitter.service on broken did not contain "Server listening" |
      | a console without the words           | the console of broken did not show "Welcome to Windows" |
      | another system than the evaluated one | the running system on broken was not that of the host |
      | another time zone                     | the time zone on broken was not Europe/Berlin |
      | a screen without the words            | the screen of broken did not show "Welcome to Windows" within 1 s |
      | a machine that is not off             | machine "broken" was not off within 1 s |
      | a machine that has not panicked       | machine "broken" had not panicked within 1 s |
      | a machine that does not go away       | machine "broken" did not come back within 2 s |
      | a machine that nothing sent away      | Machine "broken" cannot come back: nothing in this scenario has sent it away |
      | a service that stays dead             | mortal.service on broken was not active again: it failed for good (signal) |
      | a service that nobody ended           | dbus.service on broken was not active again within 20 s |
      | a service that was not seen before    | "again" since when? This scenario has not seen dbus.service active on broken |
      | a service that is dead already        | quitter.service on broken was not active |
      | a disk that does not exist            | Nothing is mounted at "/hom" on broken |
      | a disk that nobody filled             | The disk of "/" on broken was not filled by a sentence: there is nothing to take back |
      | memory that is not there              | MiB of memory are left on broken already |
      | memory that ran out after it was given back | Machine "broken" ran out of memory and killed a process |
      | a machine that lost its power         | machine "broken" was not running: it is off, and no step switches it on |
      | a machine that no step switches on    | machine "broken" did not come back: it is off, and no step switches it on |
      | a panic that is the end               | machine "broken" did not come back: it panicked, and its kernel does not start anew by itself |
      | a panicked machine that is booted     | Machine "broken" has panicked and stands still: it is not off, and cannot be booted |
