# zsh -f complete.zsh FOLDER LINE: what zsh offers at the end of LINE, one a line, with the
# completion functions of FOLDER. zsh completes in a terminal only, so one is made; everything that
# a completion function adds passes by here.
zmodload zsh/zpty || exit 77
scratch=$(mktemp -d) || exit 1

cat >$scratch/begin <<END
PS1=
fpath=(${(q)1} \$fpath)
autoload -Uz compinit
compinit -D -u
compadd() {
  if [[ \${@[1,(i)(-|--)]} == *-(O|A|D)\ * ]]; then
    builtin compadd "\$@"
    return
  fi
  local -a added
  builtin compadd -A added "\$@"
  (( \$#added )) && print -rl -- \$added >>$scratch/added
  builtin compadd "\$@"
}
finish() { print finished >>$scratch/finished }
zle -N finish
bindkey '^I' complete-word
bindkey '^X' finish
LISTMAX=10000
print begun >$scratch/begun
END

wait_for() {
  local i
  for ((i = 0; i < 400; i++)); do
    [[ -s $1 ]] && return
    zpty -rt terminal ignored
    sleep 0.02
  done
}
export TERM=dumb
zpty -b terminal zsh -f -i
# Not before: the shell in the terminal would take it over.
trap 'rm -rf $scratch' EXIT
zpty -w terminal ". $scratch/begin"
wait_for $scratch/begun
zpty -w -n terminal "diverge $2"$'\t\x18'
wait_for $scratch/finished
zpty -d terminal
[[ -s $scratch/added ]] && cat $scratch/added
exit 0
