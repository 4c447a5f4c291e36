import { homedir } from 'node:os'
import { join } from 'node:path'

/** Shared by runs, content-addressed: `$XDG_CACHE_HOME/nixcumber`. */
export const cacheFolder = (env: NodeJS.ProcessEnv = process.env): string =>
  join(env.XDG_CACHE_HOME?.startsWith('/') ? env.XDG_CACHE_HOME : join(homedir(), '.cache'), 'nixcumber')
