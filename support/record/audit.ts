/** audit.ndjson of a run: a line for each command before it goes to a live host, and one when it is over. */
import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { redactor } from '../core/redact.ts'
import { OWN_FILE, unwritable } from './write-file.ts'

/** Several processes may write to one run: a line is appended as a whole. */
export function auditTo(folder: string): (sent: object) => void {
  const file = join(folder, 'audit.ndjson')
  const redact = redactor(process.env)
  return sent => {
    try {
      appendFileSync(file, `${redact(JSON.stringify(sent))}\n`, { mode: OWN_FILE })
    } catch (error) {
      throw unwritable(file, error)
    }
  }
}
