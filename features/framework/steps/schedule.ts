/** nixcumber, with the Node.js that runs it, brought onto a machine that has no way to get them. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { basename, dirname } from 'node:path'
import { changes, EnvironmentBroken, Given, minutes, type NixWorld, sh } from 'nixcumber'
import { ROOT } from './trial.ts'

/** QEMU's own name for the runner (user networking, `-netdev user`). */
const RUNNER = '10.0.2.2'

Given(
  'this nixcumber is put into {string}',
  changes(async function (this: NixWorld, folder: string) {
    const shell = await this.shell(await this.machine())
    await using server = await serve()
    // Owners and times are of no use there, and each is one more change of each file.
    const fetch = sh`mkdir -p ${folder} && mount -t tmpfs -o size=512m tmpfs ${folder} && cd ${folder} && curl -sSf ${server.url} | tar x --no-same-owner --touch && mv ${basename(process.execPath)} node.new && mv node.new node`
    const { exitCode, stderr } = await shell.run(fetch, { attempt: minutes(10) })
    if (exitCode !== 0) throw new EnvironmentBroken(`nixcumber could not be brought there: ${stderr}`)
  }),
)

/** What a program does not read: half of the files, and an emulated processor takes milliseconds to make one. */
const UNREAD = ['*.d.ts', '*.d.mts', '*.d.cts', '*.map', '*.md', '*.test.ts']

/**
 * One archive, as an installation without what only developers need would have it. Not compressed: an emulated processor unpacks
 * more slowly than it receives.
 */
async function serve(): Promise<AsyncDisposable & { url: string }> {
  const server = createServer((_request, response) => {
    const words = ['-C', ROOT, 'bin', 'steps', 'support', 'package.json', 'tsconfig.json', ...productionModules()]
    const tar = spawn('tar', [
      '-c',
      ...UNREAD.map(name => `--exclude=${name}`),
      ...words,
      '-C',
      dirname(process.execPath),
      basename(process.execPath),
    ])
    tar.stdout.pipe(response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://${RUNNER}:${port}/`,
    async [Symbol.asyncDispose]() {
      server.close()
      server.closeAllConnections()
    },
  }
}

function productionModules(): string[] {
  const { packages } = JSON.parse(readFileSync(`${ROOT}/package-lock.json`, 'utf8')) as {
    packages: Record<string, { dev?: true; optional?: true; os?: string[]; cpu?: string[] }>
  }
  const here = ({ os, cpu }: { os?: string[]; cpu?: string[] }): boolean =>
    (os?.includes('linux') ?? true) && (cpu?.includes('x64') ?? true)
  return Object.entries(packages)
    .filter(([path, about]) => path !== '' && !about.dev && here(about))
    .map(([path]) => path)
}
