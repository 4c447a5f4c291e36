# A NixOS of the look-alike in the place of Debian's own, as a part of boot.sh: PLACE/system is its path, PLACE/store the folder of the
# runner's store, PLACE/closure the names of what it needs, PLACE/registration what Nix knows of them. Its stage 2 starts its systemd.
system=$(cat "$place/system")
# The console of the host: of a file to look into, or of nothing.
exec 7>>"${NIXCUMBER_LAB_CONSOLE:-/dev/null}"

folders() {
  local name image
  mkdir -p bin boot dev etc home mnt nix/store nix/var/nix proc root run srv sys tmp usr var
  ln -s usr/lib lib
  ln -s usr/lib64 lib64
  chmod 700 root
  chmod 1777 tmp
  while read -r name; do cp -a "$(cat "$place/store")/$name" nix/store/; done <"$place/closure"
  image=$(readlink ".$system/usr")
  mount -t erofs -o ro,loop ".$image" usr
  # Stage 1 leaves it there for stage 2.
  ln -s /usr/bin/bash bin/sh
}

# What is a setting of the runner's kernel is a file of the host's.
prepare_in_root() {
  local setting=/proc/sys/kernel/modprobe
  if [[ -e $setting ]]; then
    mount -t tmpfs -o mode=755,size=1m settings /mnt
    echo /sbin/modprobe >/mnt/modprobe
    mount --bind /mnt/modprobe $setting
    umount -l /mnt
  fi
  /usr/bin/nix-store --option build-users-group '' --load-db <"${1%/prepare}/registration"
}

start() {
  exec setpriv --bounding-set=$FORBIDDEN env -i container=nixcumber-lab "$system/init" --show-status=false --log-target=null \
    </dev/null >&7 2>&1
}
