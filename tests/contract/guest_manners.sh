#!/bin/sh
# The library behaves as a guest in the host's process: it reads no environment, changes no locale,
# installs no signal handler, prints nothing and never ends the process; and it keeps no state of its
# own between calls but the table of libcrypto's functions, which is filled once.
set -u
build=${DIVERGE_BUILD:?set DIVERGE_BUILD to the build folder}
archive=$build/libdiverge.a
if grep -qE '^DIVERGE_(SANITIZE:.*=.|COVERAGE:BOOL=ON)' "$build/CMakeCache.txt"; then
    echo "skipped: an instrumented build does what its instruments do"
    exit 77
fi
for tool in nm objdump; do
    command -v "$tool" >/dev/null 2>&1 || { echo "skipped: no $tool"; exit 77; }
done
failed=0

needed=$(nm -u "$archive" 2>/dev/null | awk '$1 == "U" { print $2 }' | sort -u)
[ -n "$needed" ] || { echo "$archive needs nothing at all"; exit 1; }
forbidden='(secure_)?getenv|(set|put|unset|clear)env|setlocale|localeconv|strerror|signal|sigaction'
forbidden="$forbidden|v?f?printf|__v?f?printf_chk|puts|fputs|putchar|fputc|fwrite|perror|syslog"
forbidden="$forbidden|stdin|stdout|stderr|exit|_exit|_Exit|quick_exit|abort|atexit|on_exit|raise"
forbidden="$forbidden|kill|system|popen|fork|vfork|posix_spawnp?|exec[lv]p?e?|localtime(_r)?|rand|srand"
forbidden="$forbidden|strtod|strtof|chdir|umask|setrlimit"
if printf '%s\n' "$needed" | grep -xE "$forbidden"; then
    echo "are called by the library, and a host would not like it"
    failed=1
fi

# Sections that can be written to while the program runs; .data.rel.ro cannot.
kept=$(objdump -t "$archive" 2>/dev/null |
    awk '$3 == "O" || $4 == "O" { print }' |
    grep -E '[[:space:]](\.bss|\.data|\.tbss|\.tdata|\*COM\*)([.][^r]\S*)?[[:space:]]' |
    awk '{ print $NF }' | sort -u | tr '\n' ' ')
if [ "$kept" != "crypto once " ]; then
    echo "state that outlives a call: '$kept', and only 'crypto once ' may"
    failed=1
fi
[ "$failed" -eq 0 ] && echo "nothing of the host's is touched"
exit "$failed"
