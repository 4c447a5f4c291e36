/**
 * Looks that need more than the kernel's net leaves them: the mounts as they are, disks, other processes' open files, settings that the kernel
 * shows to those only who may change them, other users' sockets, the right to ask for the firewall, to become another user. They run beside the net; what keeps them from changing anything is that they were read.
 */
import { type Run, runsOf } from './command-effect.ts'

const set = (names: string): ReadonlySet<string> => new Set(names.trim().split(/\s+/))

const PROGRAMS = set(
  `mount findmnt swapon losetup blkid fdisk sfdisk sgdisk gdisk parted partx wipefs blockdev smartctl nvme hdparm lvs vgs pvs lvdisplay vgdisplay
  pvdisplay lvscan pvscan vgscan dmsetup cryptsetup veritysetup mdadm btrfs zfs zpool tune2fs dumpe2fs e2fsck multipath multipathd xfs_info
  lspci lsusb lshw dmidecode efibootmgr bootctl hwclock dmesg sensors
  nft iptables ip6tables iptables-legacy iptables-nft iptables-save ip6tables-save ipset conntrack ebtables ufw wg ethtool iw iwconfig
  sudo doas run0 su runuser nsenter chroot
  sysctl lsof fuser lsns lslocks lsfd pmap pwdx prlimit iotop pidstat getpcaps capsh keyctl
  nginx sshd apachectl caddy postqueue mailq postconf crontab rabbitmqctl doveadm
  nix nix-store nix-env nix-channel nixos-rebuild nixos-container nixos-version nixos-generate-config k3s k0s podman chronyc smbstatus sqlite3 rpm dnf apt passwd chage faillock`,
)

/** By program: options with which it asks for more. */
const WITH: Readonly<Record<string, RegExp>> = {
  ss: /^-(?!-).*[pZ]|^--(processes|contexts?)$/,
  netstat: /^-(?!-).*p|^--program/,
  ip: /^exec$/,
  find: /^-(writable|executable|readable|delete)$|^\/(proc)?$/,
  grep: /^\/(proc)?\/?$/,
  ls: /^-\w*R|^--recursive$/,
  du: /^\/(proc)?$/,
  systemctl: /^(--user|-M|--machine(=.*)?)$/,
  journalctl: /^(-M|--machine(=.*)?)$/,
  curl: /^--(abstract-)?unix-socket/,
  ...Object.fromEntries(['redis-cli', 'valkey-cli'].map(name => [name, /^-s/])),
  ...Object.fromEntries(['mysql', 'mariadb', 'mysqladmin'].map(name => [name, /^-S|^--socket/])),
  psql: /^-h|^--host/,
  nc: /^-(?!-)\w*U/,
  ...Object.fromEntries(['test', '[', '[['].map(name => [name, /^-[wx]$/])),
}

/** Disks, sockets, and what the kernel shows of mounts, its settings and other processes. Another device is kept back: to open it may be to act. */
const FILES =
  /(^|=)\/dev\/(?!(null|zero|full|u?random|tty|std(in|out|err)|fd|shm|tcp|udp|watchdog\w*|n?st\d\w*|port|snapshot|cpu_dma_latency)\b)|(^|=)\/proc\/(mounts|self\/mount|thread-self|\d+\/|\*|$)|(^|=)\/proc\/sys\/|(^|=|:)\/\S+\.sock(et)?$|(^|=)\/run\/(user|docker|containerd)\/.+\//

export const needsMoreThanLooks = (script: string): boolean => runsOf(script).some(needsMore)

function needsMore([program, ...args]: Run): boolean {
  const name = program?.text ?? ''
  const words = args.map(({ text, start }) => text ?? start)
  if (PROGRAMS.has(name)) return true
  return (
    words.some(word => FILES.test(word)) || (WITH[name] !== undefined && words.some(word => WITH[name]?.test(word)))
  )
}
