/** A runner for tests that end it by force: boots a machine, tells where it is, and waits to be killed. */
import { bootQemu } from '../vm/boot.ts'
import { bootContextForTests } from './boot-context.ts'
import { oneSectorGuest } from './one-sector-guest.ts'

const context = bootContextForTests()
console.log(JSON.stringify({ statePath: context.statePath }))
const machine = await bootQemu(oneSectorGuest({ name: 'sector' }), context)
const { port } = await machine.reachable(22)
console.log(JSON.stringify({ port }))
process.stdin.resume()
