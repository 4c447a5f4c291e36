/** Loads the test files it is given into this one process. */
import { resolve } from 'node:path'

for (const file of process.argv.slice(2)) await import(resolve(file))
