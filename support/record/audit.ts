/** audit.ndjson of a run: a line for each command before it goes to a live host, and one when it is over. */
import { closeSync, constants, openSync } from 'node:fs'
import { join } from 'node:path'
import { redactor } from '../core/secrets/redact.ts'
import { OWN_FILE, unwritable, writeWhole } from './write-file.ts'

/** Through no link that others have laid. */
const APPEND = constants.O_APPEND | constants.O_CREAT | constants.O_WRONLY | constants.O_NOFOLLOW

/** Several processes may write to one run: a line is appended as a whole. */
export function auditTo(folder: string): (sent: object) => void {
  const file = join(folder, 'audit.ndjson')
  const redact = redactor(process.env)
  return sent => {
    try {
      const handle = openSync(file, APPEND, OWN_FILE)
      try {
        writeWhole(handle, Buffer.from(`${redact(JSON.stringify(sent))}\n`))
      } finally {
        closeSync(handle)
      }
    } catch (error) {
      throw unwritable(file, error)
    }
  }
}
