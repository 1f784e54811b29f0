#!/bin/sh
# Runs a command with an empty, writable /sys/class/gpio that only it can see: enter.sh COMMAND…
# To be called by: OUTSIDE=$(readlink /proc/self/ns/mnt) unshare --mount (root, or --map-root-user where that is allowed).
set -e
# Without unshare it would hide the machine's own /sys/class. OUTSIDE: the mount namespace of who calls, readlink /proc/self/ns/mnt.
if [ -z "$OUTSIDE" ] || [ "$(readlink /proc/self/ns/mnt)" = "$OUTSIDE" ]; then
  echo 'enter.sh: must be called by: OUTSIDE=$(readlink /proc/self/ns/mnt) unshare --mount' >&2
  exit 1
fi
# What is mounted below must not reach the machine outside, whatever the namespace was told.
mount --make-rprivate /sys 2>/dev/null || mount --make-rprivate /
[ -d /sys/class/gpio ] || { mount -t tmpfs tmpfs /sys/class && mkdir /sys/class/gpio; }
mount -t tmpfs tmpfs /sys/class/gpio
exec "$@"
