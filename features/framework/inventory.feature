Feature: Which machines there are
  Machines are named once, with where they are and what they are for, in the configuration or wherever they are known already. Features
  speak of what machines are for.

  Rule: A scenario for a role is run for each machine that has it

    Background:
      Given these live hosts:
        | web1 | well    |
        | web2 | changed |
        | db1  | well    |
      And the live hosts stand in the inventory "hosts/production.json" with these roles:
        | web1 | web     |
        | web2 | web old |
        | db1  | db      |
      And a project with the file "features/fleet.feature":
        """
        @role:all
        Feature: Fleet
          Scenario: has an administrator
            Then user "root" exists now
          @role:web
          Scenario Outline: knows <user>
            Then user "<user>" exists now
            Examples:
              | user   |
              | daemon |
              | nobody |
        """

    Scenario: Each is told by its machine, in every report
      When nixcumber is called with "run --inventory hosts/production.json --out out"
      Then the exit code is 3
      And the scenarios end as follows:
        | scenario                    | end   |
        | has an administrator @ web1 | held  |
        | has an administrator @ web2 | error |
        | has an administrator @ db1  | held  |
        | knows nobody @ web1         | held  |
        | knows nobody @ web2         | error |
      And nixcumber says "✓ web1  3 held"
      And nixcumber says "! web2  3 could not be checked"
      And nixcumber says "✓ db1   1 held"
      And the last line begins with "COULD NOT CHECK  web1, db1: 3 scenarios could not be checked, 4 held"
      And the file "out/results.json" of the project contains "features/fleet.feature: knows <user> [2] @ web1"
      And the file "out/report.html" of the project contains '<span class="machine">web2</span>'

    Scenario: What did not hold is run again for the machine where it did not
      When nixcumber is called with "run --inventory hosts/production.json"
      Then the exit code is 3
      When nixcumber is called with "run --inventory hosts/production.json --last-failed"
      Then the exit code is 3
      And nixcumber says "knows nobody @ web2"
      And nixcumber does not say "web1"

    Scenario: Shards, each with some of the machines, are one run when merged
      When nixcumber is called with "run --inventory hosts/production.json --shard 1/2 --out 1"
      Then the exit code is 3
      When nixcumber is called with "run --inventory hosts/production.json --shard 2/2 --out 2"
      Then the exit code is 3
      When nixcumber is called with "merge 1 2 --out out"
      Then the exit code is 3
      And nixcumber says "3 scenarios could not be checked, 4 held"
      And the scenarios end as follows:
        | scenario                   | end   |
        | has an administrator @ db1 | held  |
        | knows nobody @ web2        | error |

    Scenario: Workers share the machines
      When nixcumber is called with "run --inventory hosts/production.json --on role:db --on web1 --parallel 2"
      Then the exit code is 0
      And the last line begins with "GO  web1, db1: 4 scenarios held"

    Scenario: A line of the feature is that line for all its machines
      When nixcumber is called with "run --inventory hosts/production.json --on web1 features/fleet.feature:10"
      Then the exit code is 0
      And the last line begins with "GO  web1: 1 scenario held"

    Scenario: A role that nobody has is refused before anything is asked, with those there are
      Given a project with the file "features/typo.feature":
        """
        Feature: Typo
          @role:wbe
          Scenario: is about nobody
            Then user "root" exists
        """
      When nixcumber is called with "run --inventory hosts/production.json"
      Then the exit code is 2
      And nixcumber says:
        """
        No machine has the role "wbe", for features/typo.feature:3  is about nobody

          Got           wbe
          Did you mean  web
          Known         all, web, old, db
        """
      And the project has no folder ".nixcumber"

    Scenario: What a scenario for a role does is refused for each machine where it may not
      Given a project with the file "features/acts.feature":
        """
        Feature: Acts
          @role:web
          Scenario: stops something
            When service "nginx" is stopped
            Then service "nginx" is inactive
        """
      When nixcumber is called with "run --inventory hosts/production.json --allow web1=changes"
      Then the exit code is 2
      And nixcumber says "changes web2"

  Rule: Machines come from several places, and each is named once

    Scenario: They are listed with what is known of them
      Given a project with the file "nixcumber.config.json":
        """
        { "machines": { "web1": { "address": "ssh://deploy@web1.example.org", "roles": ["web"], "allow": ["restarts"] }, "t14": { "host": "laptop" } } }
        """
      And a project with the file "hosts.json":
        """
        { "machines": { "db1": { "address": "ssh://db1.example.org", "identity": "keys/db1", "roles": ["db", "old"] } } }
        """
      When nixcumber is called with "machines --inventory hosts.json --allow db1=changes --machine cd=image:cd"
      Then the exit code is 0
      And nixcumber says:
        """
        machine  address                        roles    allowed            named by
        web1     ssh://deploy@web1.example.org  web      looking, restarts  nixcumber.config.json
        t14      host laptop of the flake       -        everything         nixcumber.config.json
        db1      ssh://db1.example.org          db, old  looking, changes   hosts.json
        cd       image:cd                       -        everything         --machine
        """
      When nixcumber is called with "machines --inventory hosts.json --on role:db --json"
      Then nixcumber says '"source": "hosts.json"'
      And nixcumber does not say "web1"

    Scenario: One that two sources name is refused with both
      Given a project with the file "nixcumber.config.json":
        """
        { "machines": { "web1": "ssh://web1.example.org" } }
        """
      And a project with the file "hosts.json":
        """
        { "machines": { "web1": { "address": "ssh://elsewhere.example.org" } } }
        """
      When nixcumber is called with "machines --inventory hosts.json"
      Then the exit code is 2
      And nixcumber says 'Machine "web1" is in two inventories'
      And nixcumber says "nixcumber.config.json and hosts.json"

    Scenario: A wrong word is refused with its place and the nearest right one
      Given a project with the file "hosts.json":
        """
        { "machines": { "db1": { "address": "ssh://db1.example.org", "fingerprnt": "SHA256:x" } } }
        """
      When nixcumber is called with "machines --inventory hosts.json"
      Then the exit code is 2
      And nixcumber says 'Unknown key "fingerprnt" in "machines.db1" of'
      And nixcumber says "Did you mean  fingerprint"

    Scenario: A machine without an address is the flake's, and booted
      Given a project with the file "nixcumber.config.json":
        """
        { "machines": { "node1": { "host": "nowhere", "roles": ["k8s"] } } }
        """
      And a project with the file "flake.nix":
        """
        { outputs = _: { nixosConfigurations = { }; }; }
        """
      And a project with the file "features/node.feature":
        """
        Feature: Node
          @role:k8s
          Scenario: runs
            Then service "k3s" is active
        """
      When nixcumber is called with "run --offline"
      Then the exit code is 1
      And nixcumber says "✗ runs @ node1"
      And nixcumber says 'host "nowhere" does not evaluate'

  Rule: The Hetzner Cloud knows its servers

    Background:
      Given these live hosts:
        | web1 | well |
        | web2 | well |
        | db1  | well |
      And a Hetzner Cloud project with the live hosts as these servers:
        | web1  | env=prod role=web | running |
        | web2  | env=prod role=web | running |
        | db1   | env=prod role=db  | running |
        | old   | env=prod role=web | off     |
        | other | env=test role=web | running |
      And a project with the file "features/web.feature":
        """
        @role:web
        Feature: Web
          Scenario: has an administrator
            Then user "root" exists now
        """

    Scenario: Running servers are machines by their names, with the roles that their labels say
      When nixcumber is called with "run --inventory hcloud:env=prod --out out" in that project
      Then the exit code is 0
      And the last line begins with "GO  web1, web2: 2 scenarios held"
      And nixcumber says "server old of the Hetzner Cloud is off: it is not judged"
      And the file "out/report.html" of the project contains "server old of the Hetzner Cloud is off: it is not judged"
      And the token is neither said nor written anywhere
      When nixcumber is called with "machines --inventory hcloud:env=prod,role=db" in that project
      Then nixcumber says "db1"
      And nixcumber says "looking  hcloud:env=prod,role=db"
      And nixcumber does not say "web1"

    Scenario: Their host keys are checked as everybody's
      Given a project with the file "home/.ssh/known_hosts":
        """
        """
      When nixcumber is called with "run --inventory hcloud:env=prod" in that project
      Then the exit code is 3
      And nixcumber says "The host key of [127.0.0.1]:"
      And the token is neither said nor written anywhere

    Scenario: A selector that nothing matches is refused
      When nixcumber is called with "run --inventory hcloud:env=prdo" in that project
      Then the exit code is 2
      And nixcumber says "No running server of the Hetzner Cloud matches hcloud:env=prdo"

    Scenario: Without a token it is said how to give one
      When nixcumber is called with "machines --inventory hcloud:env=prod" and "HCLOUD_TOKEN=" in its environment
      Then the exit code is 2
      And nixcumber says "HCLOUD_TOKEN is not set"

    Scenario: A token that the API does not take could not be checked with
      When nixcumber is called with "machines --inventory hcloud:env=prod" in that project with the token "somebody-else"
      Then the exit code is 3
      And nixcumber says:
        """
        The Hetzner Cloud does not take the token in HCLOUD_TOKEN

          Got        401 unauthorized: unable to authenticate
        """
      And nixcumber does not say "somebody-else"
