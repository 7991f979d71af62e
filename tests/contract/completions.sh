#!/bin/sh
# What bash, zsh and fish offer, asked of the shells themselves, with the completions that the build
# made. A shell that is not here is left out; exit 77 if none is.
set -u
root=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
made=${DIVERGE_BUILD:?set DIVERGE_BUILD to the build folder}/completions
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
mkdir -p "$folder/bin" "$folder/work/left side" "$folder/work/own/classify" || exit 1
ln -s "${DIVERGE:?}" "$folder/bin/diverge"
PATH=$folder/bin:$PATH
HOME=$folder
export PATH HOME
unset XDG_CONFIG_HOME DIVERGE_PATH
cd "$folder/work" || exit 1
echo '{}' >document.json
echo 'return { api = 1, classify = function() end }' >mine.lua
cp mine.lua own/classify/ours.lua
failed=0
asked=0

# offers LINE WORD...: at the end of LINE these are among what is offered; !WORD: it is not.
# $shell is a function that prints what is offered, one a line.
offers() {
    line=$1
    shift
    asked=$((asked + 1))
    $shell "$line" >offered 2>&1
    for word in "$@"; do
        case $word in
        !*) grep -qxF -- "${word#!}" offered || continue ;;
        *) grep -qxF -- "$word" offered && continue ;;
        esac
        echo "$shell: 'diverge ... $line': $word"
        sed 's/^/    /' offered
        failed=1
    done
}

# The words of LINE as bash splits them: "=" stands alone.
of_bash() {
    bash --norc -c '
        . "$1" || exit 1
        line=$2
        COMP_WORDS=(diverge)
        for word in $line; do
            while [[ $word == *=* ]]; do
                [[ -n ${word%%=*} ]] && COMP_WORDS+=("${word%%=*}")
                COMP_WORDS+=(=)
                word=${word#*=}
            done
            [[ -n $word ]] && COMP_WORDS+=("$word")
        done
        [[ $line == *" " || -z $line ]] && COMP_WORDS+=("")
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        _diverge diverge "" ""
        printf "%s\n" "${COMPREPLY[@]}"' bash "$made/bash/diverge" "$1"
}

# The line in one piece, as where "=" is taken out of $COMP_WORDBREAKS.
of_bash_whole() {
    bash --norc -c '. "$1" || exit 1
        COMP_WORDS=(diverge $2)
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        _diverge diverge "" ""
        printf "%s\n" "${COMPREPLY[@]}"' bash "$made/bash/diverge" "$1"
}

of_fish() {
    fish --no-config -c 'source $argv[1]; complete -C $argv[2]' "$made/fish/diverge.fish" "diverge $1" |
        sed 's/\t.*//; s/^\(--[a-z-]*\)=\(.\)/\2/'
}

of_zsh() {
    zsh -f "$root/tests/support/complete.zsh" "$made/zsh" "$1"
}

# A terminal takes zsh a while: it is not asked everything.
check() {
    offers '--' --color --report --show-ignored --canary --xex-json '!--absent'
    [ "$shell" = of_zsh ] || offers '--col' --color '!--report'
    offers '--color ' auto always never '!document.json'
    offers '--color=al' always '!never'
    [ "$shell" = of_zsh ] || offers '--fail-on ' info warning error suppressed
    [ "$shell" = of_zsh ] || offers '--sandbox ' default strict off
    offers '--profile ' default phase-b mine.lua '!html'
    offers '--classifier ' default phase-b '!ours' '!html'
    offers '--script-path own --classifier ' default ours
    offers '--report ' text html jsonl '!digest'
    offers '--show-script ' digest html
    offers '--profile default --' --color '!--canary'
}

for name in bash zsh fish; do
    command -v "$name" >/dev/null 2>&1 || { echo "$name: left out, it is not here"; continue; }
    shell=of_$name
    check
done
if command -v bash >/dev/null 2>&1; then
    shell=of_bash
    offers '--report html=doc' document.json
    offers '--script-path ' own 'left side' '!document.json'
    offers '--test-script ' mine.lua own '!document.json'
    offers '--threads ' '!document.json'
    offers '' document.json 'left side'
    offers 'document.json doc' document.json
    offers '-- doc' document.json
    shell=of_bash_whole
    offers '--color=al' --color=always
fi
[ "$asked" -gt 0 ] || { echo "skipped: no bash, no zsh, no fish"; exit 77; }
[ "$failed" -eq 0 ] && echo "completions: $asked questions, all answered as they should be"
exit "$failed"
