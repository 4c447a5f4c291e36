#!/usr/bin/env bash
# The kernel's net around the agent: evaluated by root's bash with nc_agent, the length of the agent's text, which follows on standard input.
# Says on standard error `nixcumber-net holds`, or `nixcumber-net none: WHY`; the agent is read and run all the same.
#
# mount_namespaces(7): a namespace of its own, into which the host's later mounts come (slave) and out of which nothing goes. There every
# mount is read-only, and without device nodes but those of everyday use: a disk's node on a mount that is read-only can be written to.
# capabilities(7): none is left but to read any file and to ping. CAP_SYS_PTRACE would lead out by /proc/1/root.
# prctl(2), PR_SET_NO_NEW_PRIVS: no program gives one back.

nc_set=(setpriv --no-new-privs --inh-caps=-all --bounding-set=-all,+dac_read_search,+net_raw)
# in every kernel, and always empty (proc(5)): what is written there belongs to the agent and goes with it
nc_tmp=/proc/tty/ldisc
nc_read_agent='IFS= read -r -N "$1" nc_text; set --; nc_lang=${LC_ALL-}; eval "$nc_text"'

nc_mounts() { # of each mount but those that are made by being looked at: place and flags; the last on a place hides the others
  local at flags rest
  while read -r _ _ _ _ at flags rest; do
    printf -v at %b "$at"
    [[ $rest == *'- autofs '* || $at == "$nc_tmp" ]] || nc_flags[$at]=$flags
  done </proc/self/mountinfo
}

nc_lay() { # makes everything read-only; says what stays writable
  local at device devices=' /dev/null /dev/zero /dev/full /dev/random /dev/urandom /dev/tty '
  local -A nc_flags=()
  mount -nic -t tmpfs -o mode=700 nixcumber "$nc_tmp" || return
  for device in $devices; do
    [[ ! -c $device ]] || mount -nic --bind "$device" "$device" || return
  done
  nc_mounts
  for at in "${!nc_flags[@]}"; do
    device=,nodev
    [[ $devices == *" $at "* ]] && device=''
    mount -nic -o "remount,bind,ro$device" "$at" 2>/dev/null
  done
  nc_mounts
  for at in "${!nc_flags[@]}"; do
    # below another mount nothing is reached
    [[ ,${nc_flags[$at]}, == *,ro,* ]] || ! mountpoint -q "$at" || { echo "$at stays writable"; return 1; }
  done
}

nc_hold() { # in the new namespace: becomes the agent, or leaves with 75
  local said
  said=$(nc_lay 2>&1 </dev/null) || { echo "nixcumber-net none: ${said##*$'\n'}" >&2; exit 75; }
  echo 'nixcumber-net holds' >&2
  exec "${nc_set[@]}" bash -c "nc_tmp=$nc_tmp; $nc_read_agent" bash "$nc_agent"
}

nc_enter() { # says in nc_why what stands against the net; where it holds, this ends with the agent
  local tool code
  nc_why='not root'
  ((EUID == 0)) || return
  for tool in unshare setpriv mount mountpoint; do
    nc_why="there is no $tool"
    command -v "$tool" >/dev/null || return
  done
  nc_why=$(unshare --mount --propagation slave "${nc_set[@]}" true 2>&1 </dev/null) || return
  unshare --mount --propagation slave bash -c "$(declare -f nc_mounts nc_lay nc_hold; declare -p nc_set nc_tmp nc_read_agent nc_agent); nc_hold"
  code=$?
  ((code == 75)) || exit "$code"
  nc_why=''
}

nc_enter
[[ $nc_why ]] && echo "nixcumber-net none: ${nc_why##*$'\n'}" >&2
unset nc_tmp
set -- "$nc_agent"
eval "$nc_read_agent"
