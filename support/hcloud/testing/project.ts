/** A Hetzner Cloud project for features: the servers as JSON in the first word; prints what its environment holds, and ends with its input. */
import { once } from 'node:events'
import { type FakeServer, HcloudApi } from './api.ts'

const api = await HcloudApi.start(JSON.parse(process.argv[2] ?? '[]') as FakeServer[])
console.log(JSON.stringify(api.env))
process.stdin.resume()
await once(process.stdin, 'end')
await api.stop()
process.exit(0)
