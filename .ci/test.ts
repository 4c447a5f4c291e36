/** Everything: the fast checks, then the features through the real command line. `npm test`. */
import { execaSync } from 'execa'

for (const args of [['run', 'check']]) {
  const { exitCode } = execaSync('npm', args, { stdio: 'inherit', reject: false })
  if (exitCode !== 0) process.exit(1)
}
