/** A runner for tests that end it by force: boots a machine, tells where it is, and waits to be killed. */
import { bootQemu } from '../vm/boot.ts'
import { oneSectorGuest } from './one-sector-guest.ts'
import { realSurroundings } from './surroundings.ts'

const surroundings = realSurroundings()
console.log(JSON.stringify({ statePath: surroundings.statePath }))
const machine = await bootQemu(oneSectorGuest({ name: 'sector' }), surroundings)
const { port } = await machine.reachable(22)
console.log(JSON.stringify({ port }))
process.stdin.resume()
