# place-files.sh early|late [DISK]
# Puts each file of the disk where nothing is yet; what is there already, the machine has made of it. Late, owners must be known.
disk=${2-}
if [[ -z $disk ]]; then
  [[ -d /sys/block ]] || mount -t sysfs sysfs /sys
  for block in /sys/block/*; do
    if [[ -r $block/serial && $(<"$block/serial") == nixcumber-files ]]; then disk=/dev/${block##*/}; fi
  done
fi
if [[ -z $disk ]]; then
  echo "nixcumber: the disk with the files that were handed over is not there" >&2
  exit 1
fi
umask 022
status=0
exec {from}<"$disk"
read -r -u "$from" count
sizes=() modes=() owners=() paths=()
offset=$((${#count} + 1))
for ((i = 0; i < count; i++)); do
  IFS= read -r -u "$from" line
  bytes=$(printf %s "$line" | wc -c)
  offset=$((offset + bytes + 1))
  read -r size mode owner path <<<"$line"
  sizes+=("$size") modes+=("$mode") owners+=("$owner") paths+=("$path")
done
exec {from}<&-

for ((i = 0; i < count; i++)); do
  path=${paths[i]}
  if [[ ! -e $path && ! -L $path ]]; then
    new=$path.nixcumber-new
    if mkdir -p -- "${path%/*}/" && (umask 077 && tail -c "+$((offset + 1))" "$disk" | head -c "${sizes[i]}" >"$new") &&
      chmod "${modes[i]}" -- "$new" && mv -T -- "$new" "$path"; then
      echo "nixcumber: put $path into its place"
    else
      echo "nixcumber: $path cannot be written" >&2
      status=1
    fi
  fi
  offset=$((offset + sizes[i]))
  if [[ ${owners[i]} != - ]] && ! chown -- "${owners[i]}" "$path" 2>/dev/null && [[ $1 == late ]]; then
    echo "nixcumber: $path cannot be given to ${owners[i]}" >&2
    status=1
  fi
done
exit $status
