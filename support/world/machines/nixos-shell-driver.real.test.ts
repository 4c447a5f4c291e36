/** The contract of machine drivers, with a whole guest: the server of the fixtures, offline. */
import { testMachineDriver } from '../../machine/contract.ts'
import { nixosShell } from '../../machine/drivers/nixos-shell.ts'
import { flakeForTests, machinesOf } from '../testing/flake-machines.ts'

const plan = await flakeForTests('fixtures/flakes/server').plan('fsn1')
testMachineDriver({ driver: 'nixos-shell', ...machinesOf(nixosShell, plan) })
