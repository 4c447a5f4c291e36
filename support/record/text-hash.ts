import { createHash } from 'node:crypto'

export const textHash = (text: string): string => `sha256-${createHash('sha256').update(text).digest('hex')}`
