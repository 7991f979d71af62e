#!/bin/sh
# The Debian package holds what it should and says what it depends on; unpacked into a folder, its
# program runs the shipped example, and the shipped host builds against it and runs. Exit 77 where
# packages are not made.
set -u
build=${DIVERGE_BUILD:?set DIVERGE_BUILD to the build folder}
CC=${CC:-cc}
if grep -qE '^DIVERGE_(SANITIZE:.*=.|COVERAGE:BOOL=ON|SHARED:BOOL=OFF)' "$build/CMakeCache.txt"; then
    echo "skipped: such a build is not packaged"
    exit 77
fi
for tool in cpack dpkg-deb dpkg-shlibdeps pkg-config; do
    command -v "$tool" >/dev/null 2>&1 || { echo "skipped: no $tool"; exit 77; }
done
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
failed=0
fail() {
    echo "$*"
    failed=1
}

cpack --config "$build/CPackConfig.cmake" -G DEB -B "$folder/made" >"$folder/log" 2>&1 ||
    { cat "$folder/log"; exit 1; }
package=$(ls "$folder"/made/diverge_*.deb) || exit 1
dpkg-deb -x "$package" "$folder/root" || exit 1
dpkg-deb -e "$package" "$folder/control" || exit 1

depends=$(dpkg-deb -f "$package" Depends)
for name in libc6 liblua5.4-0 libssl3; do
    case ", $depends," in
    *", $name"[,\ t]*) ;;
    *) fail "does not depend on $name: $depends" ;;
    esac
done
grep -q '^libdiverge [0-9]' "$folder/control/shlibs" || fail "does not say which library it holds"

cd "$folder/root/usr" || exit 1
libraries=$folder/root/usr/$(dirname "$(find lib -name libdiverge.a)")
for file in bin/diverge include/diverge/diverge.h include/diverge/lua.h share/man/man1/diverge.1 \
    share/bash-completion/completions/diverge share/fish/vendor_completions.d/diverge.fish \
    share/doc/diverge/LICENSE share/doc/diverge/scripting.md share/diverge/meta.lua \
    share/doc/diverge/examples/embed/minimal.c; do
    [ -s "$file" ] || fail "is not in the package: /usr/$file"
done
[ -n "$(find share/zsh -name _diverge)" ] || fail "holds no completion for zsh"
for file in libdiverge.a libdiverge.so libdiverge.so.0 pkgconfig/diverge.pc cmake/diverge/divergeConfig.cmake; do
    [ -s "$libraries/$file" ] || fail "is not in the package: $file"
done
[ -z "$(find . -perm /022 ! -type l)" ] || fail "holds files that others may write"

pair=$folder/root/usr/share/doc/diverge/examples/phase-b
status=0
bin/diverge --canary "$pair/canary" --ours "$pair/ours" --xex-json "$pair/xex.json" --report text \
    >"$folder/out" 2>&1 || status=$?
if [ "$status" -ne "$(cat "$pair/EXPECTED")" ] || ! grep -q '^DIFFERENT: ' "$folder/out"; then
    cat "$folder/out"
    fail "the program ends with $status on the shipped example"
fi

PKG_CONFIG_PATH=$libraries/pkgconfig
export PKG_CONFIG_PATH
# shellcheck disable=SC2046 # lists of options
"$CC" share/doc/diverge/examples/embed/minimal.c $(pkg-config --cflags --libs diverge) -o "$folder/minimal" ||
    { echo "the shipped host does not build"; exit 1; }
LD_LIBRARY_PATH=$libraries "$folder/minimal" phase-b "$pair/canary" "$pair/ours" >"$folder/out" 2>&1 ||
    { cat "$folder/out"; fail "the shipped host does not run"; }
grep -qE '^(different|not comparable): [1-9]' "$folder/out" || fail "the shipped host finds nothing"
[ "$failed" -eq 0 ] && echo "$(basename "$package"): $depends; program and host run the shipped example"
exit "$failed"
