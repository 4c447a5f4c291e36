# Outlives the runner, by a moment. Its standard input is a pipe that only the runner holds: when it ends, the runner is gone,
# in whatever way. Then every process that carries the state directory in its environment is killed and the directory removed.
# `sweep` runs the same script with an input that is empty from the start. Killing by the mark instead of by process id
# cannot hit a stranger that got the number later, and finds helpers that left the process group.
trap '' HUP INT TERM
dir=$1
cat >/dev/null
tries=0
while [ "$tries" -lt 50 ]; do
  tries=$((tries + 1))
  found=$(grep -lsF -- "NIXCUMBER_STATE=$dir" /proc/[0-9]*/environ)
  [ -n "$found" ] || break
  for file in $found; do
    pid=${file#/proc/}
    kill -KILL "${pid%/environ}" 2>/dev/null
  done
  sleep 0.1
done
chmod -R u+w -- "$dir" 2>/dev/null
rm -rf -- "$dir"
