#!/usr/bin/env bash
# The machine's end of a framed shell: `agent.sh DEVICE` (the harness port) or `agent.sh -` (standard streams); over ssh its text is evaluated.
# Needs bash 4.4, coreutils and, for readiness, systemd. The other end is support/shell/agent-shell.ts.
#
#   asked      (each after an LF)
#              STX hello NONCE LF                                answered   STX hello NONCE BOOT-ID STATE LF
#              STX reset LF                                                 (cuts off whatever still runs)
#              STX cut ID LF                                                (cuts off that one)
#              STX run ID BOUND-MS SCRIPT-BYTES STDIN-BYTES LF script ETX stdin
#   answered   STX done ID CODE|cut|flood|maimed STDOUT-BYTES STDERR-BYTES LF stdout stderr ETX
#              STX leave LF
#   unasked    STX ready BOOT-ID STATE LF                        systemd has finished starting
#
# `agent.sh tty` speaks through a console into which the kernel speaks too. There every frame ends with ETX, bodies are base64 (one line),
# answers are kept for a while, and what came broken is asked for again:
#
#   answered   STX text ID CODE|cut STDOUT-BYTES STDERR-BYTES LF stdout stderr ETX     (printable and short)
#   asked      STX again ID LF                                  answered   as `done`
#              STX part ID FROM LENGTH LF                                  STX part ID FROM LENGTH LF characters of the body ETX
#
# Everything is counted in bytes and travels as it is. What is not a frame is skipped, line by line.
#
# `read -t` may lose the byte that arrives as its time runs out (seen with bash 5.2): it is used only where no byte matters.
# Before 5.2 it waits for an alarm, and for good when that rings before the waiting has begun: there time is slept, and what may never
# come is looked for.
#
# What the machine's tools are is not known: sizes are the kernel's, and where a tool has failed there is no answer rather than a part of one.
#
# Under emulation a fork costs 5 ms, fork and exec 11 ms, a builtin 0.1 ms. So: workers are forked in advance, a command costs
# one fork, its output comes through pipes that are used again, and only long, large or binary output pays for a `cat`.

export HOME="${HOME:-$(cd ~ && pwd)}" USER="${USER:-$(id -un)}" SHELL
export LOGNAME="${LOGNAME:-$USER}"
# What NixOS gives to everybody who logs in (environment.variables); over ssh and on the console it is there already.
# shellcheck disable=SC1091
[[ -r /etc/set-environment && ! ${__NIXOS_SET_ENVIRONMENT_DONE-} ]] && . /etc/set-environment

if [[ ${BASH_SOURCE-} ]]; then
  # As a file, its name would stand before every message of bash. systemd starts services with SIGPIPE ignored, which commands would inherit.
  nc_bash=(bash -c 'nc_lang=${LC_ALL-}; eval "$(<"$1")"' bash "$0" "$1")
  [[ $(trap -p PIPE) ]] && exec env --default-signal=PIPE "${nc_bash[@]}"
  exec "${nc_bash[@]}"
fi
nc_device=${2:--} nc_noisy=
[[ $nc_device == tty ]] && nc_device=- nc_noisy=1
set --

# what is refused to a user who is not root, or inside the kernel's net (net.sh), is known by its words: those are not translated
if ((EUID)) || [[ ${nc_tmp-} ]]; then
  if [[ $nc_lang ]]; then for nc_name in CTYPE NUMERIC TIME COLLATE MONETARY PAPER NAME ADDRESS TELEPHONE MEASUREMENT IDENTIFICATION; do export "LC_$nc_name=$nc_lang"; done; fi
  nc_lang=''
  export LC_MESSAGES=C
fi

# commands get the locale they would have had; here a character is a byte
LC_ALL=C
set -f
cd "$HOME" 2>/dev/null || cd /

if [[ $nc_device == - ]]; then
  exec {nc_from}<&0 {nc_to}>&1 </dev/null >/dev/null
else
  exec {nc_from}<>"$nc_device"
  exec {nc_to}>&"$nc_from"
fi
[[ -t $nc_from ]] && stty raw -echo <&"$nc_from"

# inside the kernel's net (net.sh) one folder is left to write to; here-documents of bash before 5.1 are files
[[ ${nc_tmp-} ]] && TMPDIR=${TMPDIR:-$nc_tmp}
nc_dir=$(mktemp -d "${nc_tmp:-/dev/shm}/nixcumber.XXXXXX" 2>/dev/null || mktemp -d) || exit
read -r nc_boot </proc/sys/kernel/random/boot_id
nc_flood=$((64 << 20)) # bytes of one stream that are kept

nc_pipe() { exec {nc_fd}<> <(:); }
nc_pipe && nc_never=$nc_fd # never readable: waiting without a fork
nc_pipe && nc_idle=$nc_fd  # workers say here that they are free
nc_pipe && nc_token=$nc_fd # the process that holds the byte may write a frame
printf . >&"$nc_token"
nc_pids=() nc_inputs=() nc_jobs=() nc_ends=() nc_free=()
nc_next=0 # centiseconds of uptime; wall clocks jump

if ((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] < 502)); then
  nc_nap() { sleep "$1"; }
  nc_is_over() { # of the command whose pipe is watched: all its processes are gone; waits a moment for that
    local looks
    for ((looks = 0; looks < 25; looks++)); do
      read -r -t 0 -u "$nc_alive_end" && return
      nc_nap 0.01
    done
    return 1
  }
else
  nc_nap() { read -r -t "$1" -u "$nc_never" _; }
  nc_is_over() {
    read -r -t 0.25 -u "$nc_alive_end" _ # nothing is written there: the end of file says it
    (($? == 1))
  }
fi

nc_size() { # bytes written to a descriptor, by the kernel (proc(5), fdinfo)
  local key value
  nc_bytes=-1
  while read -r key value; do [[ $key != pos: ]] || nc_bytes=$value; done <"/proc/self/fdinfo/$1"
}

nc_say() { # one whole frame at a time
  local _
  IFS= read -r -N 1 -u "$nc_token" _
  # shellcheck disable=SC2059
  printf "$@" >&"$nc_to"
  [[ $nc_noisy ]] && printf '\3' >&"$nc_to"
  printf . >&"$nc_token"
}

nc_answer_file() { nc_file=$nc_dir/answer.$1; }

nc_forget_answers() { # those long before this id: they are not asked for any more
  local id old=()
  for ((id = $1 - 320; id < $1 - 256; id++)); do old+=("$nc_dir/answer.$id" "$nc_dir/answer.$id.body" "$nc_dir/answer.$id.text"); done
  rm -f "${old[@]}"
}

nc_keep_answer() { # id, code, two sizes, files of the body
  nc_answer_file "$1"
  printf '%s\n' "$1 $2 $3 $4" >"$nc_file"
  shift 4
  cat "$@" | base64 -w 0 >"$nc_file.body"
}

nc_say_text() { # id, code, two streams: what is printable goes as it is, for a `base64` costs a fork and more
  nc_answer_file "$1"
  printf '%s\n' "$1 $2 ${#3} ${#4}" >"$nc_file"
  printf '%s%s' "$3" "$4" >"$nc_file.text"
  if [[ $3$4 == *[!\ -~$'\n']* ]]; then nc_repeat "$1"; else nc_say '\2text %s %s %d %d\n%s%s' "$1" "$2" ${#3} ${#4} "$3" "$4"; fi
}

nc_repeat() { # id
  local head _
  nc_answer_file "$1"
  read -r head <"$nc_file" && [[ $head == "$1 "* ]] || return
  [[ -e $nc_file.body ]] || base64 -w 0 "$nc_file.text" >"$nc_file.body"
  IFS= read -r -N 1 -u "$nc_token" _
  printf '\2done %s\n' "$head" >&"$nc_to"
  [[ -s $nc_file.body ]] && cat "$nc_file.body" >&"$nc_to"
  printf '\3' >&"$nc_to"
  printf . >&"$nc_token"
}

nc_part() { # id, from, length
  local head _
  nc_answer_file "$1"
  read -r head <"$nc_file" && [[ $head == "$1 "* ]] || return
  IFS= read -r -N 1 -u "$nc_token" _
  printf '\2part %s %s %s\n' "$@" >&"$nc_to"
  tail -c +$(($2 + 1)) "$nc_file.body" | head -c "$3" >&"$nc_to"
  printf '\3' >&"$nc_to"
  printf . >&"$nc_token"
}

nc_state() {
  local state=starting
  [[ -s $nc_dir/state ]] && read -r state <"$nc_dir/state"
  nc_said=$state
}

# ---- worker: one command at a time ---------------------------------------------------------------------------------------

nc_outlets() {
  nc_outlet && nc_out_end=$nc_end
  nc_outlet && nc_err_end=$nc_end
  nc_outlet && nc_alive_end=$nc_end
}

nc_outlet() { # a pipe with a reading end only: end of file as soon as the command's writing ends are gone
  nc_pipe
  exec {nc_end}</proc/self/fd/"$nc_fd" {nc_fd}>&-
}

nc_cut_off() {
  ((nc_child)) || return
  nc_was_cut=1
  kill -KILL -- -"$nc_child"
}

nc_become_command() {
  exec {nc_from}>&- {nc_to}>&- {nc_token}>&- {nc_idle}>&- {nc_never}>&- {nc_out}>&- {nc_err}>&- {nc_out_end}>&- {nc_err_end}>&- {nc_alive_end}>&-
  for nc_fd in "${nc_inputs[@]}" "$nc_input"; do exec {nc_fd}>&-; done
  set +m +f
  if [[ $nc_lang ]]; then LC_ALL=$nc_lang; else unset LC_ALL; fi
  # a script that asks who it is must not be told about the agent
  case $nc_script in *'$$'* | *'$0'* | *'${$'* | *BASH* | *PPID*) ((${#nc_script} < 100000)) && exec bash -c "$nc_script" bash ;; esac
}

nc_keep() { # a flood ends with SIGXFSZ here and SIGPIPE for the command
  exec {nc_out_end}<&- {nc_err_end}<&- {nc_alive_end}<&-
  ulimit -f $((nc_flood >> 10))
  exec cat
}

nc_sleeps() { # a `cat` that sleeps has found its pipe empty
  local name state
  read -r _ name state _ <"/proc/$1/stat" || return 0
  [[ $state == Z || ($name != '(bash)' && $state == S) ]]
}

nc_drain() { # a command that takes its time or left a process behind, or output that is large or holds a NUL byte
  local out=$nc_dir/$nc_id.out err=$nc_dir/$nc_id.err cats sizes cat to_out to_err
  exec {to_out}>"$out" {to_err}>"$err"
  { printf %s "$nc_stdout" && { ((nc_out_how)) || ((${#nc_stdout} == 4096)) || printf '\0'; }; } >&"$to_out"
  { printf %s "$nc_stderr" && { ((nc_err_how)) || ((${#nc_stderr} == 4096)) || printf '\0'; }; } >&"$to_err"
  nc_keep <&"$nc_out_end" >&"$to_out" &
  cats=($!)
  nc_keep <&"$nc_err_end" >&"$to_err" &
  cats+=($!)
  exec {nc_out_end}<&- {nc_err_end}<&-
  wait "$nc_child"
  nc_code=$?
  ((nc_was_cut)) && nc_code=cut && wait "$nc_child"
  nc_child=0
  trap '' USR1
  # a process left in the background may hold the pipes open: what it says later is no answer
  if ! read -r -t 0 -u "$nc_alive_end"; then
    until nc_sleeps "${cats[0]}" && nc_sleeps "${cats[1]}"; do nc_nap 0.005; done
    kill "${cats[@]}"
  fi
  exec {nc_alive_end}<&-
  for cat in "${cats[@]}"; do
    wait "$cat"
    case $? in 0 | 143 | 153) ;; *) nc_code=maimed ;; esac # by itself, by us (SIGTERM), by its bound (SIGXFSZ)
  done
  nc_size "$to_out"
  sizes=("$nc_bytes")
  nc_size "$to_err"
  sizes+=("$nc_bytes")
  exec {to_out}>&- {to_err}>&-
  ((sizes[0] < nc_flood && sizes[1] < nc_flood)) || nc_code=flood
  ((sizes[0] >= 0 && sizes[1] >= 0)) || nc_code=maimed
  [[ $nc_code == flood || $nc_code == maimed ]] && sizes=(0 0) && : >"$out" >"$err"
  if [[ $nc_noisy ]]; then
    nc_keep_answer "$nc_id" "$nc_code" "${sizes[@]}" "$out" "$err"
    nc_repeat "$nc_id"
  else
    IFS= read -r -N 1 -u "$nc_token" _
    printf '\2done %s %s %d %d\n' "$nc_id" "$nc_code" "${sizes[@]}" >&"$nc_to"
    cat "$out" "$err" >&"$nc_to"
    printf '\3' >&"$nc_to"
    printf . >&"$nc_token"
  fi
  rm -f "$out" "$err"
  nc_outlets
}

nc_answer() {
  exec {nc_out}>&- {nc_err}>&- {nc_alive}>&-
  nc_out_how=2 nc_err_how=2
  if nc_is_over; then
    IFS= read -r -d '' -n 4096 -u "$nc_out_end" nc_stdout
    nc_out_how=$?
    IFS= read -r -d '' -n 4096 -u "$nc_err_end" nc_stderr
    nc_err_how=$?
  fi
  if ((nc_out_how == 1 && nc_err_how == 1)); then
    wait "$nc_child"
    nc_code=$?
    nc_child=0
    trap '' USR1
    ((nc_was_cut)) && nc_code=cut
    if [[ $nc_noisy ]]; then
      nc_say_text "$nc_id" "$nc_code" "$nc_stdout" "$nc_stderr"
    else
      nc_say '\2done %s %s %d %d\n%s%s\3' "$nc_id" "$nc_code" ${#nc_stdout} ${#nc_stderr} "$nc_stdout" "$nc_stderr"
    fi
  else
    nc_drain
  fi
  [[ $nc_stdin == /dev/null ]] || rm -f "$nc_stdin"
  trap nc_cut_off USR1
  printf '%s\n' "$nc_index" >&"$nc_idle"
}

# ---- main: reads requests, watches bounds --------------------------------------------------------------------------------

nc_now() {
  local up
  read -r up _ </proc/uptime
  nc_time=$((10#${up/./}))
}

nc_collect() { # who has become free
  local worker
  while read -r -t 0 -u "$nc_idle"; do
    read -r -u "$nc_idle" worker
    nc_free+=("$worker")
    nc_ends[worker]=0 nc_jobs[worker]=
  done
}

nc_enlist() { # pid of a worker
  nc_pids+=("$1") nc_inputs+=("$nc_input") nc_jobs+=('') nc_ends+=(0) nc_free+=("$nc_index")
}

nc_run() { # id, bound in ms, bytes of script, bytes of standard input
  local script stdin=/dev/null worker nc_fd
  IFS= read -r -N $(($3 + 1)) -t 30 -u "$nc_from" script || return
  [[ $script == *$'\3' ]] || return
  if (($4)); then
    stdin=$nc_dir/$1.in
    exec {nc_fd}>"$stdin"
    timeout 60 head -c "$4" <&"$nc_from" >&"$nc_fd"
    nc_size "$nc_fd"
    exec {nc_fd}>&-
    ((nc_bytes == $4)) || exit # what is left of it would be read as frames
  fi
  [[ $nc_noisy ]] && (($1 % 64 == 0)) && nc_forget_answers "$1"
  worker=${nc_free[-1]}
  unset 'nc_free[-1]'
  nc_now
  nc_jobs[worker]=$1 nc_ends[worker]=$((nc_time + $2 / 10 + 1))
  ((nc_next && nc_next < nc_ends[worker])) || nc_next=${nc_ends[worker]}
  printf '%s %s %s\n%s' "$1" "$3" "$stdin" "${script%?}" >&"${nc_inputs[worker]}"
}

nc_cut() { # every command for which the test holds: `all`, an id, or `late`
  local worker
  nc_collect
  nc_now
  nc_next=0
  for worker in "${!nc_pids[@]}"; do
    ((nc_ends[worker])) || continue
    if [[ $1 == all || $1 == "${nc_jobs[worker]}" ]] || ((nc_ends[worker] <= nc_time)); then
      kill -USR1 "${nc_pids[worker]}"
      nc_ends[worker]=$((nc_time + 100)) # asked again until it says that it is free
    fi
    ((nc_next && nc_next < nc_ends[worker])) || nc_next=${nc_ends[worker]}
  done
}

nc_frame() {
  # shellcheck disable=SC2206
  local words=($1)
  case ${words[0]}:${#words[@]} in
    $'\2run:5') nc_run "${words[@]:1}" ;;
    $'\2hello:2')
      nc_state
      nc_say '\2hello %s %s %s\n' "${words[1]}" "$nc_boot" "$nc_said"
      ;;
    $'\2cut:2') nc_cut "${words[1]}" ;;
    $'\2reset:1') nc_cut all ;;
    $'\2again:2') nc_repeat "${words[1]}" ;;
    $'\2part:4') nc_part "${words[@]:1}" ;;
    $'\2leave:1') exit ;;
  esac
}

nc_leave() {
  nc_cut all
  nc_nap 0.05
  kill "${nc_pids[@]}" 2>/dev/null
  rm -rf "$nc_dir"
}
trap nc_leave EXIT
trap 'exit 0' TERM HUP INT

[[ $nc_device == - ]] && echo unasked >"$nc_dir/state"
nc_state
nc_say '\2hello start %s %s\n' "$nc_boot" "$nc_said"
if [[ $nc_device != - ]]; then
  (
    systemctl is-system-running --wait >"$nc_dir/state.new" 2>/dev/null
    [[ -s $nc_dir/state.new ]] || echo unknown >"$nc_dir/state.new"
    mv "$nc_dir/state.new" "$nc_dir/state"
    nc_state
    nc_say '\2ready %s %s\n' "$nc_boot" "$nc_said"
  ) &
fi

while :; do
  ((${#nc_free[@]})) || nc_collect
  if ((${#nc_free[@]} == 0)); then
    nc_index=${#nc_pids[@]}
    nc_pipe && nc_input=$nc_fd
    # the worker, here and not in a function: a command would notice, and `set -e` complain
    {
      nc_child=0
      trap nc_cut_off USR1
      trap - EXIT TERM HUP INT
      set -m # every command is a process group of its own
      exec 2>/dev/null
      nc_outlets
      while read -r -u "$nc_input" nc_id nc_bytes nc_stdin; do
        IFS= read -r -N "$nc_bytes" -u "$nc_input" nc_script
        nc_was_cut=0 nc_stdout='' nc_stderr=''
        exec {nc_out}>/proc/self/fd/"$nc_out_end" {nc_err}>/proc/self/fd/"$nc_err_end" {nc_alive}>/proc/self/fd/"$nc_alive_end"
        {
          nc_become_command
          eval "$nc_script"
        } <"$nc_stdin" >&"$nc_out" 2>&"$nc_err" &
        nc_child=$!
        nc_answer
      done
      exit
    } &
    nc_enlist $!
    continue
  fi
  nc_limit=()
  if ((nc_next)); then
    nc_now
    ((nc_next > nc_time)) || { nc_cut late && continue; }
    printf -v nc_left '%d.%02d' $(((nc_next - nc_time) / 100)) $(((nc_next - nc_time) % 100))
    nc_limit=(-t "$nc_left")
  fi
  nc_first=''
  IFS= read -r -N 1 "${nc_limit[@]}" -u "$nc_from" nc_first # the LF before a frame
  nc_how=$?
  if ((nc_how == 0)); then
    [[ $nc_first == $'\n' ]] && nc_first=''
    IFS= read -r -u "$nc_from" nc_line && nc_frame "$nc_first$nc_line"
  elif ((nc_how == 1)); then # end of file: on a port without a connection at the moment
    [[ $nc_device == - ]] && exit
    nc_nap 0.1
  fi
done
