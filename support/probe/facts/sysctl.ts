import { sh } from '../../core/command.ts'
import { lines } from '../sections.ts'
import { hashless, type Section, sorted } from './section.ts'

/** Never read: secrets of the network, what is mounted by looking at it, and what is another number each time. */
const NOT_READ = ['binfmt_misc', 'neigh', 'random', 'sched_domain', 'nfs', 'cdrom']
const NOT_SHOWN = ['stable_secret', 'stat_refresh', 'ns_last_pid', 'file-nr', 'inode-nr', 'inode-state', 'dentry-state']

/** Settings of the kernel as it has them, straight from /proc/sys: no tool is needed for that. */
export const sysctlSection: Section = {
  name: 'sysctl',
  tool: 'grep',
  command: sh`cd /proc/sys && { grep -r -s -H -I ${NOT_READ.map(name => `--exclude-dir=${name}`)} ${NOT_SHOWN.map(name => `--exclude=${name}`)} '' .; true; }`,
  parse(text) {
    const found = new Map<string, string>()
    for (const line of lines(text)) {
      const [, path = '', value = ''] = /^\.\/([^:]+):(.*)$/.exec(line) ?? []
      const key = path.replaceAll('/', '.')
      if (path === '' || COUNTED.test(key) || OF_PASSING_CARD.test(path)) continue
      const before = found.get(key)
      found.set(key, `${before === undefined ? '' : `${before}; `}${hashless(value.replaceAll('\t', ' ').trim())}`)
    }
    return sorted(found)
  },
}

/** What the kernel counts, measures, or derives from the memory that was free when it began. */
const COUNTED =
  /^(?:kernel\.(?:pty\.nr|hostname|hung_task_warnings|perf_event_max_sample_rate|cad_pid)|fs\.(?:aio-nr|epoll\.max_user_watches|fanotify\.max_user_marks|quota\..*|mqueue\..*)|net\.netfilter\.nf_conntrack_count|net\.core\.(?:netdev_rss_key|bpf_jit_limit)|net\.ipv4\.(?:tcp_mem|udp_mem|tcp_fastopen_key)|vm\.(?:lowmem_reserve_ratio|user_reserve_kbytes|admin_reserve_kbytes|min_free_kbytes)|kernel\.(?:threads-max|spl\..*)|user\.max_.*)$/
const OF_PASSING_CARD = /^net\/ipv[46]\/(?:conf|neigh)\/(?:veth|cali|cni|lxc|flannel|tap|vnet|br-|docker)/
