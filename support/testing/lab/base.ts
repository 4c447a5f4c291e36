/** What makes Debian's systemd a host of the laboratory: a small target, sshd, and nothing that looks for hardware. */

/** They would ask the runner's kernel for devices, modules, settings and time, or wait for hardware that is not there. */
export const MASKED: readonly string[] = [
  ...[
    'systemd-udevd.service',
    'systemd-udev-trigger.service',
    'systemd-udevd-control.socket',
    'systemd-udevd-kernel.socket',
  ],
  ...[
    'systemd-modules-load.service',
    'kmod-static-nodes.service',
    'systemd-sysctl.service',
    'systemd-random-seed.service',
  ],
  ...['systemd-networkd.service', 'systemd-resolved.service', 'systemd-timesyncd.service', 'systemd-logind.service'],
  ...[
    'systemd-firstboot.service',
    'systemd-machine-id-commit.service',
    'systemd-remount-fs.service',
    'systemd-update-utmp.service',
  ],
  ...['getty.target', 'console-getty.service', 'dev-hugepages.mount', 'dev-mqueue.mount', 'sys-kernel-debug.mount'],
  ...['sys-kernel-tracing.mount', 'sys-kernel-config.mount', 'sys-fs-fuse-connections.mount'],
  'proc-sys-fs-binfmt_misc.automount',
]

/** Without PAM there is no login session to wait for; `process`: a restart leaves connections alone, as distributions have it. */
export const SSHD = `[Unit]
Description=OpenSSH server
[Service]
ExecStart=/usr/sbin/sshd -D -e
RuntimeDirectory=sshd
KillMode=process
`

export const SSHD_CONFIG: readonly string[] = [
  'HostKey /etc/ssh/ssh_host_ed25519_key',
  'AuthorizedKeysFile /etc/ssh/authorized_keys',
  'PasswordAuthentication no',
  'KbdInteractiveAuthentication no',
  'PermitRootLogin yes',
  'StrictModes no',
  'UsePAM no',
  'MaxStartups 100',
  'MaxSessions 100',
]

/** The default target: a basic system, sshd, dbus, logins for others than root (pam_nologin(8)), and what the host's description starts. */
export const target = (start: readonly string[]): string => `[Unit]
Description=Host of the laboratory
Requires=basic.target
Wants=${['sshd.service', 'dbus.service', 'systemd-user-sessions.service', ...start].join(' ')}
After=basic.target
AllowIsolate=yes
`
