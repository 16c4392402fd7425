#!/bin/sh
# 在统信 UOS 20、银河麒麟 V10（或其他旧版 Linux）上一步做出程序文件夹和 .deb：
#
#     sh packaging/build-office-linux.sh
#
# 程序要在多旧的系统上运行，就在多旧的系统上做：轮子只要 glibc 2.28（ARM64 要 2.30），本机的 Python 决定其余。
#   PYTHON=/路径/python3.11   用这个 Python（默认找 python3.11 以上；没有就用 PYTHON_SOURCE 编译一个）
#   PYTHON_SOURCE=文件        Python 3.11 以上的源码包（.tgz 或 .tar.xz）
#   WHEELS=文件夹             没有网络时：预先下载好的轮子（见 packaging/README.md）
set -eu
cd "$(dirname "$0")/.."
root=$(pwd)
home=${PYTHON_HOME:-$root/build/python}
venv=$root/.venv

fail() {
    echo "$1" >&2
    exit 1
}

new_enough() {
    "$1" -c 'import sys, sqlite3, ctypes, lzma, bz2; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
    for one in "${PYTHON:-}" "$home/bin/python3" python3.13 python3.12 python3.11 python3; do
        if [ -n "$one" ] && command -v "$one" >/dev/null 2>&1 && new_enough "$one"; then
            command -v "$one"
            return
        fi
    done
}

# --- Python ---

build_python() {
    [ -n "${PYTHON_SOURCE:-}" ] || fail "没有 Python 3.11 以上，请给出它的源码包：PYTHON_SOURCE=Python-3.11.x.tgz"
    for header in zlib.h ffi.h sqlite3.h bzlib.h lzma.h; do
        find /usr/include -name "$header" | grep -q . ||
            fail "编译 Python 缺少 $header，请先安装：sudo apt-get install build-essential zlib1g-dev libffi-dev libsqlite3-dev libbz2-dev liblzma-dev"
    done
    echo "正在编译 Python（几分钟）……"
    mkdir -p build/python-source
    tar -xf "$PYTHON_SOURCE" -C build/python-source --strip-components=1
    (
        cd build/python-source
        ./configure -q --prefix="$home" --enable-shared --without-ensurepip --disable-test-modules \
            LDFLAGS="-Wl,-rpath,$home/lib" >configure.log 2>&1
        make -s -j"$(getconf _NPROCESSORS_ONLN)" >make.log 2>&1
        make -s install >install.log 2>&1
        "$home/bin/python3" -m ensurepip >>install.log 2>&1
    ) || fail "Python 没有编译成，见 build/python-source/*.log。"
}

python=$(find_python)
if [ -z "$python" ]; then
    build_python
    python=$(find_python)
    [ -n "$python" ] || fail "编译出的 Python 缺少模块，见 build/python-source/make.log。"
fi
echo "Python：$("$python" -c 'import sys; print(sys.executable, sys.version.split()[0])')"

# --- 系统组件 ---

"$python" - <<'CHECK' || exit 1
import sys

sys.path.insert(0, "packaging")
import prepare

problem = prepare.install_system(["run", "window", "build"])
if problem:
    sys.exit(problem)
CHECK

# --- 依赖 ---

lock=packaging/requirements-build.lock
if [ "$(uname -m)" = aarch64 ]; then
    # PySide6 6.8.0.2 是能在这样旧的 ARM64 系统上运行的最后一版。
    mkdir -p build
    "$python" packaging/arm_lock.py "$lock" packaging/requirements-arm64.lock >build/requirements-arm64.lock
    lock=build/requirements-arm64.lock
fi

echo "正在准备 .venv……"
rm -rf "$venv"
"$python" -m venv "$venv"
set -- -qq --no-input --disable-pip-version-check --only-binary :all: --require-hashes
[ -z "${WHEELS:-}" ] || set -- "$@" --no-index -f "$WHEELS"
"$venv/bin/python" -m pip install "$@" -r "$lock" || fail "依赖没有装全。"
echo "$root" >"$("$venv/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/perfdesk-source.pth"

"$venv/bin/python" packaging/package.py
