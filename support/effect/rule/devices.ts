/** Files that act when they are opened or read: a watchdog begins to count down to a reset, a tape rewinds, a message is taken away from its reader. */
import { posix } from 'node:path'
import type { Seen } from './seen.ts'

/** Whatever opens them. watchdog(4), st(4), proc(5); kernel's Documentation/trace/ftrace. */
const ACTING =
  /^\/dev\/(watchdog\d*|n?st\d\w*|snapshot|cpu_dma_latency|port)$|^\/proc\/(kmsg|sysrq-trigger)$|^\/sys\/kernel\/(debug\/)?tracing\/(.*\/)?trace_pipe(_raw)?$/
/** Names of disks, as far as they go. */
const DISK = String.raw`(sd[a-z]*|[hv]d[a-z]|xvd[a-z]|nvme\d|mmcblk\d|dm-|md\d|md\/|loop\d|zram\d|sr\d|mapper\/|disk\/|zvol\/)`
const HARMLESS = new RegExp(
  String.raw`^/dev/(${DISK}.*|null|zero|full|u?random|tty|std(in|out|err)|fd/\d+|shm/.+|kmsg|(tcp|udp)/.+|` +
    // a volume of a group
    String.raw`(?!(bus|char|cpu|dri|input|mapper|misc|net|pts|snd|usb|vfio|dma_heap|infiniband)/)[\w.+-]+/[\w.+-]+)$`,
)
const BEGINS_AS_DISK = new RegExp(`^/dev/${DISK}`)
const OPTIONAL = /^(?:[\w-]+=|file:\/\/)(?=\/)/

/** @param opens the program reads what the files hold, and not only what there is */
export function actsWhenOpened({ text, start }: Seen, opens: boolean): boolean {
  const known = plain(text ?? start)
  if (text !== undefined) return ACTING.test(known) || (opens && /^\/dev(\/|$)/.test(known) && !HARMLESS.test(known))
  return opens && couldBecome(known)
}

/** What is put in behind this could name one. */
export function couldBecome(start: string): boolean {
  const known = plain(start)
  return /^\/dev(\/|$)/.test(known) && !BEGINS_AS_DISK.test(known) && !/^\/dev\/(tcp|udp|fd|shm)\//.test(known)
}

/** Without detours. */
function plain(path: string): string {
  const bare = path.replace(OPTIONAL, '')
  if (!bare.startsWith('/')) return bare
  return posix.normalize(bare).replace(/^\/proc\/[^/]+\/(task\/[^/]+\/)?root(?=\/)/, '')
}
