import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AGENT_FILE } from './agent/agent-text.ts'

/** An agent on the runner behind a unix socket, as QEMU would serve it: for tests and measures, without a machine. */
export class Loopback implements AsyncDisposable {
  readonly #server: Server
  readonly #folder: string
  #agent: ChildProcess
  #client: Socket | undefined

  private constructor(folder: string) {
    this.#folder = folder
    this.#agent = this.#boot()
    this.#server = createServer(client => this.#serve(client)).listen(this.socketPath)
  }

  static async start(): Promise<Loopback> {
    const folder = await mkdtemp(join(tmpdir(), 'nixcumber-loopback-'))
    return new Loopback(folder)
  }

  get socketPath(): string {
    return join(this.#folder, 'port')
  }

  /** What a disturbed line would deliver to the runner. */
  garble(bytes: Buffer): void {
    this.#client?.write(bytes)
  }

  /** What a runner that died in the middle would have left in the port. */
  pushToAgent(bytes: string): void {
    this.#agent.stdin?.write(bytes)
  }

  sever(): void {
    this.#client?.destroy()
  }

  /** The machine goes down hard and comes up again; the socket stays, as QEMU's does. */
  reboot(): void {
    this.#agent.stdin?.end()
    this.#agent = this.#boot()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#client?.destroy()
    this.#agent.stdin?.end()
    await new Promise(resolve => this.#server.close(resolve))
    await rm(this.#folder, { recursive: true, force: true })
  }

  #boot(): ChildProcess {
    const agent = spawn('bash', [AGENT_FILE, '-'], { stdio: ['pipe', 'pipe', 'ignore'] })
    agent.stdin.on('error', () => {})
    agent.stdout.on('data', (bytes: Buffer) => {
      if (agent === this.#agent) this.#client?.write(bytes)
    })
    return agent
  }

  #serve(client: Socket): void {
    this.#client?.destroy()
    this.#client = client
    client.on('error', () => {})
    client.on('data', (bytes: Buffer) => this.#agent.stdin?.write(bytes))
  }
}
