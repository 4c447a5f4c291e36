#!/usr/bin/env bash
# The inside of a lab: started by lab.ts as the first process of its own process, network, mount namespaces (`unshare -npmf`).
# Everything below belongs to this process: when it ends, for whatever reason, the kernel ends every host and takes away every
# namespace, bridge and link. It ends with its standard input, so it ends with the process that started the lab, kill -9 included.
#
#   lab.sh lab FOLDER                   reads: `go NUMBER`, then `silence|speak|kill NAME`; says `up` and `done`
#   lab.sh host FOLDER NUMBER N         one host, still among the others' processes and files
#   lab.sh inside FOLDER NUMBER N       the same with its own name, processes, and places to write
# A host may have a script of its own instead of `inside`, called with `boot` and, after its end, with `end`.
set -eu
self=$(realpath "$0") part=$1 folder=$2 number=${3-} n=${4-}

v4() { echo "10.231.$number.$1"; }
v6() { echo "fd6e:6378:$number::$1"; }
of() { sed -n "s/^$1=//p" "$folder/$n/host"; } # what lab.ts wrote about this host

lab() {
  local word what name n
  trap leave EXIT
  read -r word number && [[ $word == go ]]
  ip link set lo up
  ip link add bridge type bridge
  ip link set bridge up
  ip link set uplink master bridge up
  for n in $(cd "$folder" && ls -d [0-9]* | sort -n); do
    unshare -n bash "$self" host "$folder" "$number" "$n" </dev/null &
    echo $! >"$folder/$n/pid"
    disown # else bash would tell of its end
  done
  for n in $(cd "$folder" && ls -d [0-9]* | sort -n); do
    until [[ -s $folder/$n/up.new ]]; do
      kill -0 "$(<"$folder/$n/pid")" || { echo "host $n did not come up"; exit 1; }
      sleep 0.05
    done
  done
  echo up
  while read -r what name; do
    n=$(cd "$folder" && grep -lx "name=$name" [0-9]*/host | cut -d/ -f1)
    case $what in
    silence) ip link set "h$n" nomaster ;; # what it says goes nowhere, and no process is told
    speak) ip link set "h$n" master bridge ;;
    kill) kill -KILL "$(<"$folder/$n/pid")" ;;
    esac
    echo "done"
  done
}

# What a host with an inside of its own has made outside of its namespaces goes when its processes have.
leave() {
  local file
  exec 2>/dev/null
  for file in "$folder"/[0-9]*/pid; do
    if [[ -e $file ]]; then kill -KILL "$(<"$file")" || :; fi
  done
  for n in $(cd "$folder" && ls -d [0-9]*); do
    if [[ $(of inside) ]]; then bash "$(of inside)" end "$folder/$n" || :; fi
  done
  rm -rf "$folder"
}

host() {
  ip link set lo up
  ip link add eth0 type veth peer name "h$n" netns 1
  nsenter -t 1 -n ip link set "h$n" master bridge up
  local behind
  behind=$(of behind)
  # one behind a jump host knows the way to that one and to those behind itself: others get no answer
  ip addr add "$(v4 "$n")/$([[ $behind ]] && echo 32 || echo 24)" dev eth0
  ip addr add "$(v6 "$n")/$([[ $behind ]] && echo 128 || echo 64)" dev eth0 nodad
  ip link set eth0 up
  if [[ $behind ]]; then
    ip route add "$(v4 "$behind")" dev eth0
    ip route add "$(v6 "$behind")" dev eth0
  fi
  for behind in $(cd "$folder" && grep -lx "behind=$n" [0-9]*/host | cut -d/ -f1); do
    ip route replace "$(v4 "$behind")" dev eth0
    ip route replace "$(v6 "$behind")" dev eth0
  done
  if [[ $(of kind) == slow ]]; then
    node "$(dirname "$self")/lab-relay.mjs" "$(v4 "$n")" "$(of delay)" &
    node "$(dirname "$self")/lab-relay.mjs" "$(v6 "$n")" "$(of delay)" &
  fi
  if [[ $(of inside) ]]; then exec bash "$(of inside)" boot "$folder/$n"; fi
  exec unshare -u -p -m -f --kill-child --mount-proc bash "$self" inside "$folder" "$number" "$n"
}

user() { # name, id, shell
  echo "$1:x:$2:$2::/home/$1:$3" >>/etc/passwd
  echo "$1:x:$2:" >>/etc/group
  echo "$1:*:19000:0:99999:7:::" >>/etc/shadow
  mkdir -p "/home/$1"
  chown "$2:$2" "/home/$1"
}

inside() {
  local kind shell=/bin/bash place keep
  kind=$(of kind)
  hostname "$(of name)"
  keep=$(mktemp -d "$folder/$n/keep.XXXX")
  mount -t tmpfs -o mode=755 lab "$keep"
  cp -a /etc "$keep/etc"
  cp "$folder/$n"/{host_key,authorized_keys} "$keep"
  [[ -e $folder/$n/password ]] && cp "$folder/$n/password" "$keep"
  cp "$folder/$n/host" "$keep/host"
  mount --bind "$keep/etc" /etc
  hostname >/etc/hostname
  mountpoint -q /etc # what follows must not meet the runner's
  rm -rf /etc/ssh/* /etc/sudoers.d/*
  cp "$keep/host_key" /etc/ssh/ssh_host_ed25519_key
  ssh-keygen -y -f /etc/ssh/ssh_host_ed25519_key >/etc/ssh/ssh_host_ed25519_key.pub
  cp "$keep/authorized_keys" /etc/ssh/lab_authorized_keys
  chmod 644 /etc/ssh/lab_authorized_keys
  for place in /home /root /run /var/tmp /dev/shm; do mount -t tmpfs -o "$([[ $place == */tmp || $place == */shm ]] && echo mode=1777 || echo mode=755)" lab $place; done
  mkdir -p /run/sshd /run/lock
  [[ $kind == dash || $kind == no-bash ]] && shell=/bin/sh
  user deploy 4242 $shell
  printf 'Defaults env_reset\nroot ALL=(ALL:ALL) ALL\n' >/etc/sudoers
  case $kind in
  sudo-free) echo 'deploy ALL=(ALL:ALL) NOPASSWD: ALL' >>/etc/sudoers ;;
  sudo-password | sudo-lecture) echo 'deploy ALL=(ALL:ALL) ALL' >>/etc/sudoers ;;
  sudo-tty) printf 'deploy ALL=(ALL:ALL) NOPASSWD: ALL\nDefaults requiretty\n' >>/etc/sudoers ;;
  no-sudo) chmod 644 "$keep/host" && mount --bind "$keep/host" /usr/bin/sudo ;;
  no-bash) mount --bind "$keep/host" /usr/bin/bash ;;
  esac
  [[ $kind == sudo-lecture ]] && echo 'Defaults lecture=always' >>/etc/sudoers
  [[ -e $keep/password ]] && echo "deploy:$(<"$keep/password")" | chpasswd
  cat >/etc/ssh/sshd_config <<CONFIG
Port 22
ListenAddress $([[ $kind == slow ]] && echo 127.0.0.1 || v4 "$n")
ListenAddress [$([[ $kind == slow ]] && echo ::1 || v6 "$n")]
HostKey /etc/ssh/ssh_host_ed25519_key
AuthorizedKeysFile /etc/ssh/lab_authorized_keys
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin yes
StrictModes no
UsePAM no
PidFile none
CONFIG
  exec {up}>"$folder/$n/up.new"
  # the last: the lab's own files lie there
  mount -t tmpfs -o mode=1777 lab /tmp
  /usr/sbin/sshd -D -e </dev/null 2>/dev/null &
  until ss -Hltn | grep -q ':22 '; do sleep 0.05; done
  echo up >&"$up"
  exec {up}>&-
  wait
}

"$part"
