import { claim } from '../../expect/claim.ts'
import type { Expectation } from '../../expect/expectation.ts'
import { isUp, type SystemState } from '../../probe/system/system-state.ts'

/** How a machine is, seen from outside and, when it answers, from inside. */
export interface BootState {
  readonly state: 'running' | 'off' | 'panicked' | 'lost'
  /** Absent when it does not answer. */
  readonly inside?: { readonly bootId: string; readonly system: SystemState }
  /** It panicked, and its kernel has said that this is the end. */
  readonly final?: boolean
}

/** Another boot than that one, and everything started that starts by itself. */
export const comesBack = (before: string): Expectation<BootState> =>
  claim({
    wanted: 'another boot than before, and systemd has finished starting',
    missed: 'did not come back',
    unknown,
    holds: ({ inside }) => inside !== undefined && inside.bootId !== before && isUp(inside.system),
    seen: bootState => seenSince(bootState, before),
    state: ({ state, inside }) =>
      inside ? (inside.bootId === before ? 'the same boot' : inside.system) : WITHOUT[state],
    hopeless: gone,
  })

/** Its QEMU died, or nothing answers where it was: that says neither that it is off nor that it runs. */
const unknown = ({ state }: BootState): string | undefined =>
  state === 'lost' ? 'it was lost, and nothing tells how it is' : undefined

const WITHOUT: Readonly<Record<BootState['state'], string>> = {
  running: 'no answer',
  off: 'off',
  panicked: 'panicked',
  lost: 'no answer',
}

function seenSince({ state, inside }: BootState, before: string): string {
  if (!inside) return state === 'running' ? 'powered on, but it does not answer' : WITHOUT[state]
  return inside.bootId === before ? `the same boot as before (boot id ${before})` : `another boot, ${inside.system}`
}

function gone({ state, final }: BootState): string | undefined {
  if (state === 'off') return 'it is off, and no step switches it on'
  return final
    ? 'it panicked, and its kernel does not start anew by itself (no panic= in boot.kernelParams)'
    : undefined
}

export const isOff: Expectation<BootState> = is('off', 'off')
export const hasPanicked: Expectation<BootState> = is('panicked', 'panicked')
export const isRunning: Expectation<BootState> = is('running', 'running')

function is(state: BootState['state'], wanted: string): Expectation<BootState> {
  return claim({
    wanted,
    missed: state === 'panicked' ? 'had not panicked' : `was not ${wanted}`,
    unknown,
    holds: bootState => bootState.state === state,
    seen: bootState => bootState.state,
    hopeless: bootState =>
      state === 'running' && bootState.state === 'off' ? 'it is off, and no step switches it on' : undefined,
  })
}
