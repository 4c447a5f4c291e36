import { silentProgress } from '../../core/progress.ts'
import { Deadline } from '../../core/time/deadline.ts'
import { seconds } from '../../core/time/duration.ts'
import { testMachineDriver } from '../contract.ts'
import { fake } from './fake.ts'

const context = {
  runtimeDir: '/nonexistent',
  evidenceDir: '/nonexistent',
  cache: '/nonexistent',
  deadline: Deadline.after(seconds(5)),
  progress: silentProgress,
  machineTools: () => Promise.reject(new Error('not wanted')),
}

testMachineDriver({
  driver: 'fake',
  boot: () => fake.boot({ kind: 'fake', name: 'web' }, context),
  remains: async () => [],
})
