/** What programs that administrators use do to a machine. */
import { behind } from './command-words.ts'

/** `undefined`: nobody can know, as of somebody's own script. */
export type CommandEffect = 'reads' | 'changes' | 'restarts' | undefined

/** What is written there is kept nowhere. */
export const SINKS = /^\/dev\/(null|stdout|stderr|tty|fd\/\d+)$/

type Rule = (args: readonly string[], words: string) => CommandEffect

const set = (names: string): ReadonlySet<string> => new Set(names.split(/\s+/))

export const ACTORS = set(
  `rm rmdir mv cp ln mkdir mkfifo mknod touch chmod chown chgrp chattr setfacl setcap truncate install rsync scp shred unlink
  fallocate umount swapon swapoff mkswap wipefs sgdisk sfdisk parted fdisk cryptsetup lvcreate lvremove vgcreate pvcreate mdadm
  kill pkill killall skill useradd userdel usermod groupadd groupdel groupmod passwd chpasswd chsh chfn gpasswd adduser deluser
  modprobe insmod rmmod logger wall write systemd-run systemd-tmpfiles systemd-sysusers nixos-install
  nix-collect-garbage nix-channel apt apt-get dpkg yum dnf apk pip npm at batch logrotate setenforce restorecon hwclock ntpdate
  chronyd adjtimex iptables-restore ip6tables-restore ldconfig depmod update-alternatives`.trim(),
)

export const RESTARTERS = set('reboot poweroff halt shutdown kexec init telinit')

export const READERS = set(
  `uptime whoami nixos-version lsblk findmnt free true false : [ [[ test uname id cat ls stat readlink realpath head tail grep egrep
  fgrep zgrep wc df du ps pgrep pidof ss netstat getent which type echo printf sha1sum sha256sum sha512sum md5sum b2sum cksum lscpu
  lspci lsusb lsmod lsof lsns lslocks cut tr paste column jq basename dirname pwd cd groups who w last nproc arch seq sleep cmp diff
  comm strings od xxd hexdump file locale tty vmstat iostat mpstat dig host nslookup getfacl getcap lsattr
  systemd-analyze printenv set export unset read return exit shift local wait blkid nixos-option rg tac rev nl fold expr`.trim(),
)

const when =
  (acts: RegExp): Rule =>
  (_args, words) =>
    acts.test(words) ? 'changes' : 'reads'

/** Programs with a language of their own, in which they can do anything. */
const unsureUnless =
  (acts: RegExp): Rule =>
  (_args, words) =>
    acts.test(words) ? 'changes' : undefined

/** The first word that is no option. */
const verb = (args: readonly string[], valued = /^$/): string => behind(args, valued)[0] ?? ''

const verbs =
  (reading: RegExp, valued?: RegExp): Rule =>
  args => {
    const word = verb(args, valued)
    return word === '' || reading.test(word) ? 'reads' : 'changes'
  }

/** Programs that look or act, by what they are told. */
export const RULES: Readonly<Record<string, Rule>> = {
  systemctl: args => {
    const word = verb(args, /^(-[tpnoHMs]|--(type|state|property|lines|output|host|machine|root|signal|job-mode))$/)
    if (
      /^(reboot|poweroff|halt|kexec|soft-reboot|suspend|hibernate|hybrid-sleep|suspend-then-hibernate|rescue|emergency|exit|isolate|default|switch-root)$/.test(
        word,
      )
    )
      return 'restarts'
    return word === '' || /^(status|show|cat|help|get-default|show-environment|is-\S+|list-\S+)$/.test(word)
      ? 'reads'
      : 'changes'
  },
  service: (_args, words) => (/ status$|^--status-all$/.test(words) ? 'reads' : 'changes'),
  journalctl: when(/(^| )--(rotate|vacuum|flush|sync|relinquish|smart-relinquish|setup|update)/),
  dmesg: when(/(^| )(-\w*[cCDEn]|--(clear|read-clear|console))/),
  date: (args, words) => (/(^| )(-s|--set)/.test(words) || args.some(arg => /^\d{8}/.test(arg)) ? 'changes' : 'reads'),
  hostname: args =>
    args.every(arg => /^-[sfdiIAay]$|^--(short|fqdn|long|domain|ip-address|all-\S+|alias)$/.test(arg))
      ? 'reads'
      : 'changes',
  hostnamectl: (args, words) =>
    /^\S+ \S/.test(words) && !words.startsWith('-')
      ? 'changes'
      : verbs(/^(status|hostname|chassis|location|deployment|icon-name)$/)(args, words),
  timedatectl: verbs(/^(status|show|list-timezones|timesync-status|show-timesync)$/),
  localectl: verbs(/^(status|list-\S+)$/),
  loginctl: verbs(/^(list-\S+|\S+-status|show-\S+)$/),
  networkctl: verbs(/^(list|status|lldp|label|cat)$/),
  resolvectl: verbs(/^(status|query|service|openpgp|tlsa|statistics|monitor|show-cache)$/),
  machinectl: verbs(/^(list|status|show|list-\S+|image-status|show-image|cat)$/),
  coredumpctl: verbs(/^(list|info)$/),
  udevadm: verbs(/^(info|monitor|test|verify)$/),
  ip: when(/(^| )(add|del|delete|set|flush|change|replace|append|exec|restore)( |$)/),
  tc: when(/(^| )(add|del|delete|change|replace)( |$)/),
  bridge: when(/(^| )(add|del|delete|set|replace)( |$)/),
  ethtool: when(/(^| )(-[sCGKAELPNUXf]|--(set|change|flash|reset)\S*)( |$)/),
  iptables: when(/(^| )(-[ADIRFXPNZE]|--(append|delete|insert|replace|flush|policy|new-chain|zero)\S*)( |$)/),
  ip6tables: when(/(^| )(-[ADIRFXPNZE]|--(append|delete|insert|replace|flush|policy|new-chain|zero)\S*)( |$)/),
  nft: when(/(^| )(add|create|insert|delete|destroy|flush|replace|rename|reset|-f|--file)( |$)/),
  sysctl: when(/(^| )(-w|--write|-p|--load|--system)|=/),
  mount: (args, words) =>
    behind(args, /^-[tO]$/).length === 0 && !/(^| )-(\w*[ao]|-all|-bind|-move)/.test(words) ? 'reads' : 'changes',
  tee: args => (behind(args, /^$/).every(file => SINKS.test(file)) ? 'reads' : 'changes'),
  dd: args => (args.some(arg => arg.startsWith('of=') && !SINKS.test(arg.slice(3))) ? 'changes' : 'reads'),
  sed: unsureUnless(/(^| )(-\w*i|--in-place)/),
  perl: unsureUnless(/(^| )-\w*i/),
  sort: when(/(^| )(-\w*o|--output)/),
  uniq: args => (behind(args, /^-[fsw]$/).length > 1 ? 'changes' : 'reads'),
  tar: when(/^-?[a-zA-Z]*[xcru]|(^| )--(extract|get|create|append|update|delete)/),
  gzip: unsureUnless(/^(?!.*(-\w*[cltk]|--(stdout|list|test)))/),
  curl: when(
    /(^| )(-\w*[oOTdF]|--(output|remote-name|upload-file|data|form|json)\S*|-X ?(POST|PUT|DELETE|PATCH)|--request[ =](POST|PUT|DELETE|PATCH))(?! \/dev\/null)(?! -( |$))/,
  ),
  wget: when(/^(?!.*((^| )--spider|-\w*O ?(-|\/dev\/null)( |$)))/),
  crontab: args => (args.includes('-l') ? 'reads' : 'changes'),
  nix: (_args, words) =>
    /(^| )(profile (install|add|remove|upgrade|rollback|wipe-history)|store (gc|delete|optimise|repair)|collect-garbage|copy|upgrade-nix|flake (update|lock|init|new))( |$)/.test(
      words,
    )
      ? 'changes'
      : undefined,
  'nix-env': when(/(^| )(-\w*[ieuGS]|--(install|uninstall|upgrade|set|switch|rollback|delete)\S*)/),
  'nix-store': when(/(^| )(--gc|--delete|--add|--import|--optimise|--realise|-r|--repair\S*|--load-db|--restore)/),
  'nixos-rebuild': args => (/^(list-generations|dry-\S+)$/.test(verb(args)) ? undefined : 'changes'),
  'switch-to-configuration': args => (args[0] === 'dry-activate' ? undefined : 'changes'),
  kubectl: kubernetes,
  k3s: args => (args[0] === 'kubectl' ? kubernetes(args.slice(1)) : undefined),
  docker: containers,
  podman: containers,
  git: verbs(/^(status|log|show|diff|ls-files|ls-tree|rev-parse|describe|blame|grep|cat-file|version)$/, /^-[Cc]$/),
  helm: verbs(/^(list|get|status|history|show|version|template|search|lint|env)$/, /^(-n|--namespace)$/),
  nginx: when(/^(?!-[tTvVhq]+$)/),
  zfs: verbs(/^(list|get|version|holds|diff)$/),
  zpool: verbs(/^(list|status|get|history|iostat|events|version)$/),
  btrfs: when(
    /(^| )(create|delete|snapshot|set\S*|add|remove|replace|start|cancel|balance|resize|label \S+ \S+|defragment|sync|enable|disable)( |$)/,
  ),
  ping: () => 'reads',
}

function kubernetes(args: readonly string[]): CommandEffect {
  const word = verb(args, /^(-[n]|--(namespace|context|kubeconfig|cluster|user))$/)
  return word === '' ||
    /^(get|describe|logs|top|version|cluster-info|api-resources|api-versions|explain|wait|auth|diff)$/.test(word)
    ? 'reads'
    : 'changes'
}

function containers(args: readonly string[]): CommandEffect {
  const word = verb(args, /^(-[Hc]|--(host|context))$/)
  return word === '' || /^(ps|images|inspect|logs|top|stats|info|version|port|diff|events|search)$/.test(word)
    ? 'reads'
    : 'changes'
}
