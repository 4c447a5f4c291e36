/** A virtual machine of the scenario's as the machine that is to be wiped. */
import { argv, EnvironmentBroken, Given, type NixWorld, reads, seconds } from 'nixcumber'
import { trialOf } from './trial.ts'

/** It stands in the project's configuration, with what else is said of it there. */
Given(
  'the target of the project is machine {string}, {string}',
  reads(async function (this: NixWorld, name: string, about: string) {
    const machine = await this.machine(name)
    const shell = await this.shell(machine)
    const key = await shell.run(argv('ssh-keygen', '-lf', '/etc/ssh/ssh_host_ed25519_key.pub'), {
      attempt: seconds(60),
    })
    const [, fingerprint] = key.stdout.toString().split(' ')
    if (fingerprint === undefined) throw new EnvironmentBroken(`${name} has no host key: ${key.stderr}`)
    const { host, port } = await machine.reachable(22)
    const address = `ssh://root@${host}:${port}?identity=${machine.plan.identityFile}&fingerprint=${encodeURIComponent(fingerprint)}`
    const target = { address, ...(JSON.parse(about) as object) }
    trialOf(this).write('nixcumber.config.json', JSON.stringify({ facts: false, target }))
  }),
)

/** Of a host that the configuration has as a machine. */
Given(
  "the project's target is its machine {string}",
  reads(function (this: NixWorld, name: string) {
    const trial = trialOf(this)
    const { machines } = JSON.parse(trial.read('nixcumber.config.json')) as { machines: Record<string, string> }
    trial.write('nixcumber.config.json', JSON.stringify({ facts: false, target: machines[name] }))
  }),
)
