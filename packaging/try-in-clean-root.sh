#!/bin/sh
# 在一个全新的最小 Debian 里试 dist/ 里的 .deb：装上、自检、升级、卸载，看有没有留下东西。要 root 和网络（debootstrap）。
#
#     sh packaging/try-in-clean-root.sh [工作文件夹] [Debian 版本]
#
# 工作文件夹里的 root/ 建好以后留着，下次直接用；镜像取 MIRROR，默认是 Debian 自己的。
set -eu
cd "$(dirname "$0")/.."
work=${1:-build/clean-root}
suite=${2:-bookworm}
root=$work/root
deb=$(ls -t dist/perfdesk_*.deb | head -1)

fail() {
    echo "✗ $1" >&2
    exit 1
}

[ "$(id -u)" = 0 ] || fail "要以 root 运行。"
if [ ! -e "$root/var/lib/dpkg/status" ]; then
    command -v debootstrap >/dev/null || fail "请先安装 debootstrap。"
    mkdir -p "$work"
    debootstrap --variant=minbase "$suite" "$root" ${MIRROR:+"$MIRROR"} >"$work/debootstrap.log" || fail "见 $work/debootstrap.log。"
fi

# A program asks /proc where it stands.
mountpoint -q "$root/proc" || mount -t proc proc "$root/proc"
trap 'umount "$root/proc"' EXIT

inside() {
    env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive chroot "$root" "$@"
}

# As a user of an office PC: no network, no display, a home of his own.
as_user() {
    env -i HOME=/srv/clerk LANG=C.UTF-8 PATH=/usr/sbin:/usr/bin:/sbin:/bin unshare -n chroot --userspec=4711:4711 "$root" "$@"
}

# What belongs to the system's own records of packages is not a trace of ours.
traces() {
    (cd "$root" && find . \( -path ./proc -o -path ./sys -o -path ./dev -o -path ./tmp -o -path ./srv -o -path ./var/lib/dpkg -o -path ./var/lib/apt \
        -o -path ./var/cache -o -path ./var/log -o -path ./root \) -prune -o \! -type d -print | sort)
}

install_deb() {
    cp "$deb" "$root/tmp/perfdesk.deb"
    inside apt-get install -qq -y --no-install-recommends /tmp/perfdesk.deb >"$work/install.log" 2>&1 || fail "装不上，见 $work/install.log。"
    rm "$root/tmp/perfdesk.deb"
}

inside apt-get purge -qq -y perfdesk >/dev/null 2>&1 || true
inside apt-get update -qq
# The libraries that it depends on first, so that what is compared is its own traces.
install_deb
inside apt-get purge -qq -y perfdesk >/dev/null 2>&1
traces >"$work/before.txt"

install_deb
inside sh -c '! command -v python3' >/dev/null || fail "干净的系统里不该有 Python。"
mkdir -p "$root/srv/clerk" && chown 4711:4711 "$root/srv/clerk"
as_user perfdesk self-test || fail "自检没有通过。"
echo "✓ 干净的 $suite（没有 Python、没有网络、普通用户）里装上，自检通过"

as_user perfdesk demo /srv/clerk/demo >/dev/null || fail "demo 没有做成。"
as_user sh -c 'perfdesk import /srv/clerk/demo/去年的文件/*' >/dev/null || fail "导入没有做成。"
as_user perfdesk dump >"$work/dump-before.json"
install_deb # the same or a newer version over the installed one
as_user perfdesk verify >/dev/null || fail "升级以后数据不完好。"
as_user perfdesk dump >"$work/dump-after.json"
cmp -s "$work/dump-before.json" "$work/dump-after.json" || fail "升级以后数据不一样了。"
echo "✓ 再装一次，数据不变"

find "$root/srv/clerk" -type f | sort >"$work/home-before.txt"
inside apt-get purge -qq -y perfdesk >"$work/remove.log" 2>&1 || fail "卸不掉，见 $work/remove.log。"
traces >"$work/after.txt"
diff "$work/before.txt" "$work/after.txt" >"$work/left.txt" || fail "卸载以后留下了东西，见 $work/left.txt。"
[ ! -e "$root/usr/lib/perfdesk" ] || fail "/usr/lib/perfdesk 还在。"
find "$root/srv/clerk" -type f | sort | diff "$work/home-before.txt" - >/dev/null || fail "卸载动了用户的数据。"
rm -rf "$root/srv/clerk"
echo "✓ 卸载以后什么也没有留下，用户的数据没有动"
