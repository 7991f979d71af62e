#!/bin/sh
# Installs what diverge is built with, where it is missing.
#
#   sh cmake/setup.sh                 compiler, make, cmake, pkg-config, Lua 5.4, cJSON, OpenSSL 3
#   sh cmake/setup.sh --with-tests    and what the tests need: cmocka, the lua5.4 interpreter
#   sh cmake/setup.sh --with-ci       and the tools of .ci/run
#
# Debian and Ubuntu: by apt-get, with sudo where the caller is not root; it never prompts, and it
# touches neither apt nor the network if nothing is missing. Elsewhere it says what to install.
set -u
exec </dev/null

with_tests=no
with_ci=no
for argument in "$@"; do
    case $argument in
    --with-tests) with_tests=yes ;;
    --with-ci) with_tests=yes with_ci=yes ;;
    *) echo "setup: unknown argument: $argument" >&2; exit 2 ;;
    esac
done

say() { printf 'setup: %s\n' "$*"; }
have() { command -v "$1" >/dev/null 2>&1; }
module() { have pkg-config && pkg-config --exists "$1" 2>/dev/null; }

# Debian names of what is missing.
missing=
need() { missing="$missing $*"; }

cmake_is_new_enough() {
    have cmake || return 1
    cmake --version | awk '/^cmake version/ {
        split($3, v, "."); exit !(v[1] > 3 || (v[1] == 3 && v[2] >= 22)) }'
}

# A compiler without the C library's headers builds nothing.
compiler_works() {
    for cc in "${CC:-cc}" gcc clang; do
        have "$cc" || continue
        printf '#include <stdio.h>\n' | "$cc" -E -x c - >/dev/null 2>&1 && return 0
    done
    return 1
}

look() {
    missing=
    compiler_works || need gcc libc6-dev
    have make || need make
    cmake_is_new_enough || need cmake
    have pkg-config || need pkg-config
    module "lua5.4" || module "lua-5.4" || module "lua54" ||
        { module "lua >= 5.4" && ! module "lua >= 5.5"; } || need liblua5.4-dev
    module libcjson || need libcjson-dev
    module "libcrypto >= 3.0" || need libssl-dev
    if [ "$with_tests" = yes ]; then
        module cmocka || need libcmocka-dev
        have lua5.4 || have lua54 || need lua5.4
    fi
    if [ "$with_ci" = yes ]; then
        have g++ || need g++
        have clang || need clang
        have clang-format || need clang-format
        have clang-tidy || need clang-tidy
        have luacheck || need lua-check
        have python3 || need python3
        have zsh || need zsh
        have fish || need fish
        have mandoc || need mandoc
        have dpkg-shlibdeps || need dpkg-dev
        # Not in every release; the test of the interface is skipped without it.
        have abidiff || ! have apt-cache || ! apt-cache show abigail-tools >/dev/null 2>&1 ||
            need abigail-tools
        fuzzer_works || need libclang-rt-dev
    fi
}

fuzzer_works() {
    have clang || return 1
    file=$(clang -print-resource-dir 2>/dev/null) || return 1
    ls "$file"/lib/*/libclang_rt.fuzzer* >/dev/null 2>&1
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        env DEBIAN_FRONTEND=noninteractive "$@"
    elif have sudo; then
        sudo -n env DEBIAN_FRONTEND=noninteractive "$@"
    else
        return 1
    fi
}

apt_install() {
    # shellcheck disable=SC2086 # the names are words on purpose
    as_root apt-get install -y -q --no-install-recommends \
        -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 $missing
}

apt() {
    say "installing:$missing"
    if [ "$(id -u)" -ne 0 ] && ! sudo -n true 2>/dev/null; then
        say "needs root. Run: sudo apt-get install$missing"
        return 1
    fi
    # Lists may be absent or old; they are fetched only if it does not work without.
    apt_install >/dev/null 2>&1 && return 0
    for wait in 2 10 0; do
        as_root apt-get update -q -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 &&
            apt_install && return 0
        sleep "$wait"
    done
    say "apt-get failed. By hand: apt-get update && apt-get install$missing"
    say "(Ubuntu has Lua, cJSON and cmocka in its 'universe' component.)"
    return 1
}

elsewhere() {
    say "missing here (Debian names):$missing"
    say "install them and run this again:"
    if have dnf; then
        set -- "dnf install gcc make cmake pkgconf-pkg-config lua-devel cjson-devel openssl-devel" \
            "libcmocka-devel lua" "clang clang-tools-extra compiler-rt gcc-c++ luacheck python3 zsh fish mandoc"
    elif have pacman; then
        set -- "pacman -S gcc make cmake pkgconf lua54 cjson openssl" \
            "cmocka" "clang compiler-rt luacheck python zsh fish mandoc"
    elif have apk; then
        set -- "apk add gcc musl-dev make cmake pkgconf lua5.4-dev cjson-dev openssl-dev" \
            "cmocka-dev lua5.4" "g++ clang clang-extra-tools compiler-rt luacheck python3 bash zsh fish mandoc"
    elif have brew; then
        set -- "brew install cmake pkg-config lua@5.4 cjson openssl@3" \
            "cmocka" "llvm luacheck python3 fish mandoc"
    else
        set -- "a C11 compiler, make, CMake 3.22, pkg-config, Lua 5.4, cJSON, OpenSSL 3 (headers too)" \
            "cmocka, the lua5.4 interpreter" "clang with its tools and runtimes, luacheck, python3"
    fi
    printf '    %s' "$1"
    [ "$with_tests" = yes ] && printf ' %s' "$2"
    [ "$with_ci" = yes ] && printf ' %s' "$3"
    printf '\n'
    exit 1
}

look
if [ -z "$missing" ]; then
    say "nothing is missing"
    exit 0
fi
have apt-get || elsewhere
apt || exit 1
look
if [ -n "$missing" ]; then
    say "installed, yet not found:$missing"
    exit 1
fi
say "done"
