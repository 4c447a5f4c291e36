#!/usr/bin/env bash
# A console as NixOS has it, on whatever terminal this runs: getty's question, login's, a coloured prompt with bracketed paste,
# and a kernel that speaks in between while the file $1/noise exists. For tests.
folder=$1
tty=$(tty)
while :; do
  sleep 0.01
  [[ -e $folder/noise ]] && printf '[%5d.%06d] usb 1-1: new high-speed USB device number %d using xhci_hcd\n' "$((RANDOM % 999))" "$RANDOM" "$RANDOM" >"$tty"
  [[ -e $folder/rude ]] && printf 'random: crng init done %d\n' "$RANDOM" >"$tty"
  [[ -e $folder ]] || exit
done &
trap '' INT
stty rows 24 cols 80
while [[ -e $folder ]]; do
  stty sane
  printf '\n\n<<< Welcome to NixOS 24.05 (x86_64) - ttyS0 >>>\n\nRun '"'nixos-help'"' for the NixOS manual.\n\nt14 login: '
  read -r user || exit
  [[ $user ]] || continue
  if [[ -e $folder/password ]]; then
    printf 'Password: '
    read -rs password
    echo
    if [[ $user != root || $password != "$(<"$folder/password")" ]]; then
      sleep 0.3
      printf 'Login incorrect\n'
      continue
    fi
  fi
  printf 'Last login: Sun Nov 22 18:30:00 UTC 2026 on ttyS0\n'
  (
    trap - INT
    cd "$folder" || exit
    # \001 and \002 stand for what the prompt of NixOS writes as \[ and \]
    exec env -i HOME="$folder" PATH="$PATH" TERM=vt220 USER=root PS1='\n\[\033[1;31m\][\[\e]0;\u@\h: \w\a\]\u@t14:\w]\$\[\033[0m\] ' \
      bash --norc -i
  )
done
