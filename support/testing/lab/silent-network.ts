/** A network of its own with a card behind which nothing answers: the far end of the cable takes packets for 10.9.9.2, and has no such address. */
import { execFileSync } from 'node:child_process'
import { resolve } from 'node:path'

const NETWORK = [
  'ip link add near type veth peer name far',
  'ip addr add 10.9.9.1/24 dev near',
  'ip link set near up',
  'ip link set far up',
  'ip neigh add 10.9.9.2 lladdr 02:00:00:00:00:02 dev near nud permanent',
  'exec "$@"',
].join(' && ')

/** Runs TypeScript there, whose imports begin at the package. @returns what it prints */
export function runInSilence(script: string): string {
  const node = [process.execPath, '--import', 'tsx', '--input-type=module', '-e', script]
  return execFileSync('unshare', ['-n', 'sh', '-c', NETWORK, 'sh', ...node], {
    cwd: resolve(import.meta.dirname, '../../..'),
    encoding: 'utf8',
  })
}
