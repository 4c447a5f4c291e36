Feature: A project of one's own
  Its configuration, its steps, and where to begin.

  Rule: Configuration

    Scenario: A wrong key is named with the nearest right one
      Given the suite "words"
      And a project with the file "nixcumber.config.mjs":
        """
        export default { ofline: true }
        """
      When nixcumber is called with "run"
      Then the exit code is 2
      And nixcumber says "Unknown key "
      And nixcumber says "Did you mean  offline"

    Scenario: A wrong value is named with what was expected
      Given the suite "words"
      And a project with the file "nixcumber.config.json":
        """
        { "retry": "twice" }
        """
      When nixcumber is called with "run"
      Then the exit code is 2
      And nixcumber says "Wrong value of "
      And nixcumber says "expected number"

    Scenario: In TypeScript, with a default of its own; the command line wins
      Given the suite "words"
      And a project with the file "nixcumber.config.ts":
        """
        const tags: string = '@fails'
        export default { tags }
        """
      When nixcumber is called with "run"
      Then the exit code is 1
      When nixcumber is called with "run --tags @holds"
      Then the exit code is 0

    Scenario: Two configurations are one too many
      Given the suite "words"
      And a project with the file "nixcumber.config.json":
        """
        {}
        """
      And a project with the file "nixcumber.config.mjs":
        """
        export default {}
        """
      When nixcumber is called with "run"
      Then the exit code is 2
      And nixcumber says "There are two configurations"

  Rule: Steps of one's own

    Scenario Outline: <kind>
      Given a project with the file "package.json":
        """
        <package>
        """
      And a project with the file "features/own.feature":
        """
        Feature: Own
          Scenario: A sentence of the project
            Given a number 3
            Then its double is 6
        """
      And a project with the file "features/steps/own.<ending>":
        """
        <import>
        const numbers = new WeakMap()
        Given('a number {int}', reads(function (n) { numbers.set(this, n) }))
        Then('its double is {int}', function (n) { if (numbers.get(this) * 2 !== n) throw new ExpectationNotMet('no') })
        """
      When nixcumber is called with "run"
      Then the exit code is 0
      And the last line begins with "GO  1 scenario held"

      Examples:
        | kind                       | ending | package              | import                                                                 |
        | TypeScript, CommonJS       | ts     | {}                   | import { Given, Then, reads, ExpectationNotMet } from 'nixcumber'       |
        | TypeScript, modules        | ts     | { "type": "module" } | import { Given, Then, reads, ExpectationNotMet } from 'nixcumber'       |
        | JavaScript, modules        | mjs    | {}                   | import { Given, Then, reads, ExpectationNotMet } from 'nixcumber'       |
        | JavaScript, CommonJS       | js     | {}                   | const { Given, Then, reads, ExpectationNotMet } = require('nixcumber')  |
        | straight from cucumber too | ts     | {}                   | import { Given, Then } from '@cucumber/cucumber'; import { reads, ExpectationNotMet } from 'nixcumber' |

    Scenario: A step file that cannot be loaded
      Given the suite "words"
      And a project with the file "features/steps/broken.ts":
        """
        import { Given } from 'nixcumber'
        Given('x', () => {}
        """
      When nixcumber is called with "run"
      Then the exit code is 2
      And nixcumber says "The step file features/steps/broken.ts cannot be loaded"

    Scenario: A world that is none of ours
      Given the suite "words"
      And a project with the file "features/steps/world.ts":
        """
        import { setWorldConstructor } from '@cucumber/cucumber'
        setWorldConstructor(class {})
        """
      When nixcumber is called with "run"
      Then the exit code is 2
      And nixcumber says "replace the world"

    Scenario: A timeout of cucumber's own never speaks
      Given the suite "words"
      And a project with the file "features/steps/timeout.ts":
        """
        import { setDefaultTimeout } from '@cucumber/cucumber'
        setDefaultTimeout(1)
        """
      When nixcumber is called with "run --tags @holds"
      Then the exit code is 0

  Rule: The vocabulary

    Scenario: Every sentence, with what it does and an example
      Given an empty project
      When nixcumber is called with "steps"
      Then the exit code is 0
      And nixcumber says:
        """
        Then  service "<unit>" is <active | inactive | failed | enabled | disabled | masked> …
        """
      And nixcumber says:
        """
        When  service "<unit>" is <started | stopped | restarted | reloaded> [on "<machine>"]  (changes)
        """

    Scenario: Those of the project as well, and only those looked for
      Given the suite "words"
      When nixcumber is called with "steps claim"
      Then the exit code is 0
      And nixcumber says "the claim does not hold"
      And nixcumber does not say "sshd"

    Scenario: A word that is in no sentence
      Given an empty project
      When nixcumber is called with "steps perpetuum"
      Then the exit code is 2

  Rule: Where to begin

    Scenario: In an empty folder
      Given an empty project
      When nixcumber is called with "init"
      Then the exit code is 0
      And the file "features/first.feature" of the project contains "Given a dendritic flake"
      When nixcumber is called with "run --dry-run"
      Then the exit code is 0

    Scenario: In a flake, with its host
      Given the suite "twins"
      When nixcumber is called with "init"
      Then the exit code is 0
      And the file "features/broken.feature" of the project contains "Given machine "

    Scenario: In a flake whose hosts are made from what its modules declare
      Given a project with the file "flake.nix":
        """
        {
          outputs = _: {
            nixosConfigurations = builtins.mapAttrs (_: builtins.throw) { cellar = "not evaluated"; attic = "nor this"; };
          };
        }
        """
      And a project with the file "templates/web/flake.nix":
        """
        { outputs = _: { nixosConfigurations.of-a-template = { }; }; }
        """
      When nixcumber is called with "init"
      Then the exit code is 0
      And nixcumber says "no host was found by reading the flake; Nix is asked"
      And nixcumber says "the feature is about attic; other hosts: cellar"
      And the file "features/attic.feature" of the project contains "Given machine "
      When nixcumber is called with "init"
      Then the exit code is 0
      And nixcumber says "kept   features"
      And nixcumber does not say "Nix is asked"

    Scenario: In a flake whose hosts even Nix cannot tell
      Given a project with the file "flake.nix":
        """
        { outputs = _: { nixosConfigurations = throw "not today"; }; }
        """
      When nixcumber is called with "init"
      Then the exit code is 0
      And nixcumber says "Nix could not say: the flake does not evaluate: not today"
      And the file "features/flake.feature" of the project contains "the flake evaluates"

    Scenario: Nothing is overwritten
      Given a project with the file "features/first.feature":
        """
        Feature: Mine
        """
      When nixcumber is called with "init"
      Then the exit code is 0
      And nixcumber says "kept   features/first.feature"
      And the file "features/first.feature" of the project contains "Feature: Mine"

    @slow
    Scenario: As an installed package, with one cucumber
      Given an empty project
      And the package is installed in it
      And a project with the file "features/own.feature":
        """
        Feature: Own
          Scenario: A sentence of the project
            Then an installed step
        """
      And a project with the file "features/steps/own.ts":
        """
        import { Given, type NixWorld, reads } from 'nixcumber'
        Given('an installed step', reads(function (this: NixWorld) { if (!this.flake) throw new Error('no world') }))
        """
      When the installed nixcumber is called with "run"
      Then the exit code is 0
      And the last line begins with "GO  1 scenario held"
      When the installed nixcumber is called with "run --parallel 2"
      Then the exit code is 0
      And the last line begins with "GO  1 scenario held"
      When the installed nixcumber is called with "steps installed"
      Then the exit code is 0
      And nixcumber says "an installed step"
