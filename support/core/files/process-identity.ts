import { readFileSync } from 'node:fs'

/**
 * Who owns a state directory: a process id alone may have been given to another process since, so its start time
 * (proc(5), field 22 of stat) and the boot of the runner belong to it.
 */
export const processIdentity = (pid: number): string | undefined => {
  const started = startTime(pid)
  return started === undefined ? undefined : `${pid} ${started} ${bootId()}`
}

/** Whether the process that wrote this mark still runs. */
export const isProcessAlive = (mark: string): boolean => {
  const [pid = ''] = mark.split(' ')
  return /^\d+$/.test(pid) && processIdentity(Number(pid)) === mark.trim()
}

export const bootId = (): string => read('/proc/sys/kernel/random/boot_id')?.trim() ?? 'unknown'

function startTime(pid: number): string | undefined {
  // The program's name stands in brackets and may itself hold blanks and brackets: count from the last one.
  const stat = read(`/proc/${pid}/stat`)
  const [state, ...fields] = stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? []
  return state === undefined || state === 'Z' ? undefined : fields[18]
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
