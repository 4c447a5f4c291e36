#!/usr/bin/env bash
# A host with a systemd of its own, without a VM: started by support/shell/testing/lab.sh inside the network and process namespaces
# of a lab, it makes the rest (host name, IPC, processes, mounts, cgroups) and becomes systemd.
#
#   boot.sh boot PLACE   PLACE is the host's folder of the lab, filled by prepare.ts; says so in PLACE/up.new
#   boot.sh init PLACE   the same, inside of its own namespaces
#   boot.sh end PLACE    takes the host's cgroups away when its processes have ended
#
# The root is a memory file system: /usr is the runner's, read-only below what the host writes; /etc is what Debian's packages have put
# there and what PLACE/tree adds; nothing else of the runner is there. The time, kernel modules, the kernel's settings and device
# nodes belong to the runner, so the host has no capability for them.
set -eu
self=$(realpath "$0") part=$1 place=$2
FORBIDDEN=-sys_time,-sys_module,-sys_rawio,-syslog,-mknod

# In every hierarchy that systemd uses: v2 alone, v1 with `name=systemd`, or both.
hierarchies() {
  local root
  for root in /sys/fs/cgroup /sys/fs/cgroup/systemd /sys/fs/cgroup/unified; do
    [[ -e $root/cgroup.procs ]] && echo "$root"
  done
  return 0
}
group() { basename "$(dirname "$place")-$(basename "$place")"; }

boot() {
  local root
  for root in $(hierarchies); do
    # of labs whose own process was killed, too: rmdir(2) takes empty ones only
    find "$root" -mindepth 1 -depth -type d -path "$root/nixcumber-lab-*" -mmin +1 -exec rmdir {} + 2>/dev/null || :
    mkdir "$root/$(group)"
    echo $$ >"$root/$(group)/cgroup.procs"
  done
  # lab.sh waits for this: from here on it is systemd's affair, and start.ts asks sshd
  echo booting >"$place/up.new"
  exec unshare -u -i -p -m -C -f --kill-child bash "$self" init "$place"
}

# A killed process leaves its cgroup a moment later.
end() {
  local root tries
  for root in $(hierarchies); do
    for tries in {1..100}; do
      [[ -d $root/$(group) ]] || break
      find "$root/$(group)" -depth -type d -exec rmdir {} + 2>/dev/null || sleep 0.02
    done
  done
}

init() {
  local root=$place/root
  hostname "$(cat "$place/name")"
  mkdir "$root"
  mount -t tmpfs -o "mode=755,size=$(cat "$place/size")m" root "$root"
  cd "$root"
  folders
  kernel_files
  disks
  cp -a --remove-destination "$place/tree/." .
  ip link set lo up
  # pivot_root(2): afterwards nothing of the runner's tree is mounted here
  mkdir .old
  pivot_root . .old
  prepare_in_root "/.old$place/prepare"
  umount -l /.old
  rmdir /.old
  start
}

start() {
  exec setpriv --bounding-set=$FORBIDDEN env -i container=nixcumber-lab PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin \
    /usr/lib/systemd/systemd --show-status=false --log-target=null </dev/null >/dev/null 2>&1
}

folders() {
  local name
  mkdir -p .usr/upper .usr/work usr etc home root run srv proc sys dev tmp mnt var/{lib,log,cache,empty,spool,tmp}
  chmod 700 root .usr
  chmod 1777 tmp var/tmp
  ln -s ../run var/run
  mount -t overlay -o "lowerdir=/usr,upperdir=$PWD/.usr/upper,workdir=$PWD/.usr/work" overlay usr
  mount -t tmpfs -o mode=755 local usr/local
  mkdir usr/local/{bin,sbin,lib}
  touch usr/local/bin/node
  mount --bind "$(cat "$place/node")" usr/local/bin/node
  for name in bin sbin lib lib32 lib64 libx32; do
    if [[ -L /$name ]]; then ln -s "$(readlink "/$name")" $name; fi
  done
  for name in alternatives bash.bashrc dbus-1 debian_version host.conf ld.so.cache ld.so.conf ld.so.conf.d login.defs nsswitch.conf \
    os-release pam.conf pam.d profile protocols security services shells ssl; do
    if [[ -e /etc/$name ]]; then cp -a "/etc/$name" etc/; fi
  done
}

kernel_files() {
  local name
  mount -t proc -o nosuid,nodev,noexec proc proc
  mount --bind proc/sys proc/sys
  mount -o remount,bind,ro proc/sys
  if [[ -e proc/sysrq-trigger ]]; then mount --bind /dev/null proc/sysrq-trigger; fi
  mount -t sysfs -o ro,nosuid,nodev,noexec sysfs sys
  if [[ -e /sys/fs/cgroup/cgroup.procs ]]; then
    mount -t cgroup2 -o nosuid,nodev,noexec cgroup sys/fs/cgroup
  else
    mount -t tmpfs -o mode=755,nosuid,nodev,noexec cgroup sys/fs/cgroup
    mkdir sys/fs/cgroup/{systemd,unified}
    mount -t cgroup -o none,name=systemd,nosuid,nodev,noexec cgroup sys/fs/cgroup/systemd
    mount -t cgroup2 -o nosuid,nodev,noexec cgroup sys/fs/cgroup/unified
    mount -o remount,ro sys/fs/cgroup
  fi
  mount -t tmpfs -o mode=755,nosuid dev dev
  mkdir dev/{pts,shm}
  for name in null zero full random urandom tty; do
    touch dev/$name
    mount --bind /dev/$name dev/$name
  done
  mount -t devpts -o newinstance,ptmxmode=666,mode=620,gid=5 devpts dev/pts
  mount -t tmpfs -o mode=1777,nosuid,nodev shm dev/shm
  ln -s pts/ptmx dev/ptmx
  ln -s /proc/self/fd dev/fd
  for name in 0:stdin 1:stdout 2:stderr; do ln -s "fd/${name%:*}" "dev/${name#*:}"; done
  mount -t tmpfs -o mode=755,nosuid,nodev run run
}

disks() { # lines of PLACE/disks: MiB and an absolute path
  local size path
  while read -r size path; do
    mkdir -p ".$path"
    mount -t tmpfs -o "mode=755,size=${size}m" disk ".$path"
  done <"$place/disks"
}

prepare_in_root() { # each file of the folder is one command, its words ended by NUL
  local file words
  cd /
  for file in "$1"/*; do
    [[ -e $file ]] || continue
    mapfile -d '' -t words <"$file"
    setpriv --bounding-set=$FORBIDDEN "${words[@]}"
  done
}

# A NixOS of its own instead: PLACE/system.
if [[ -e $place/system ]]; then . "$(dirname "$self")/nixos.sh"; fi
"$part"
