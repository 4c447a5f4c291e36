/** `nixcumber boot HOST`: a machine to look around in, until Ctrl-C. */
import { join } from 'node:path'
import { loadConfig } from '../../config/config.ts'
import { type RunOptions, runSettings } from '../../config/run-settings.ts'
import { version } from '../../core/version.ts'
import { FlakeInPlay } from '../../flake/flake-in-play.ts'
import { ownFolder } from '../../record/project-folder.ts'
import { RunFolder, type RunStart } from '../../record/run/run-folder.ts'
import { Terminal } from '../../report/terminal/terminal.ts'
import { onInterrupt } from '../../runner/interrupt.ts'
import { keepAlive } from '../../runner/keep-alive.ts'
import { composeContext } from '../../world/compose.ts'
import { readHandedFiles } from '../../world/secrets/handed-files.ts'
import type { Given } from '../registry.ts'

export async function boot({ words: [host = ''], options }: Given): Promise<number> {
  const found = await loadConfig(process.cwd())
  const settings = await runSettings(found, options as RunOptions)
  const terminal = new Terminal()
  const start: RunStart = {
    tool: { name: 'nixcumber', version: version(), node: process.versions.node },
    command: process.argv.slice(2),
    inputs: settings.offline ? 'offline' : 'real',
    start: new Date().toISOString(),
  }
  const handed = readHandedFiles(settings.machines, {
    env: process.env,
    used: [host],
    note: text => terminal.note(text),
  })
  const folder = join(ownFolder(settings.projectDir), 'boot', host.replaceAll(/[^\w.-]/g, '-'))
  const record = RunFolder.open(folder, start, [])
  await using context = composeContext({ settings, progress: terminal, record, handed })
  using _ = onInterrupt(async () => {
    terminal.close()
    await context[Symbol.asyncDispose]()
    return 0
  })

  const { size = {}, files = [] } = settings.machines[host] ?? {}
  const plan = await new FlakeInPlay(context.flakes).plan(host, { size, files: files.map(({ path }) => path) })
  context.machines.register(plan)
  const machine = await context.machines.get(plan.name)
  terminal.line(`\n${machine.name} is running\n\n  Enter      nixcumber shell ${machine.name}`)
  if (machine.console) terminal.line(`  Console    ${machine.console.transcriptFile}`)
  terminal.line('  End        Ctrl-C\n')
  // Awaited here: what is `using` ends when this function is left.
  return await keepAlive()
}
