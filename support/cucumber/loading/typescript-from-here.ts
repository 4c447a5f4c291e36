/**
 * Loaded between nixcumber's own steps and the project's: what is loaded after it may be TypeScript, and goes through a thread, which takes
 * longer.
 */
import { makeTypeScriptLoadable } from '../../core/own-code.ts'

await makeTypeScriptLoadable()
