/** The contract of machine drivers, with a server that is installed on its own disk, offline. */
import { testMachineDriver } from '../../machine/contract.ts'
import { installed } from '../../machine/drivers/installed.ts'
import { flakeForTests, machinesOf } from '../testing/flake-machines.ts'

const plan = await flakeForTests('fixtures/suites/installation').installPlan('server')
testMachineDriver({ driver: 'installed', ...machinesOf(installed, plan) })
