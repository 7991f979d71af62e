# Shared by run.sh and _bless.sh: how one golden case is run. Sourced; POSIX sh.
#
# A case is a folder with
#   canary/ ours/ xex.json  the snapshots, as the command line finds them
#   args      arguments after `--canary canary --ours ours`, one a line (optional)
#   cwd       the folder to run in, instead of the case's own (optional; then args come alone)
#   setup     a script that prepares what a repository cannot hold (optional)
#   reports   two lines, the names of the reports (optional; report.md and report.json)
#   traceback the reference ends in a traceback: no report is written and expected/ is absent. First line: `3`, or
#             `any` where handling the input is as good. Other lines: texts that standard error holds.
#   warnings  texts that standard error holds, one a line (optional)
#   expected/ report.md report.json stdout stderr status tree, from the reference

LC_ALL=C.UTF-8
export LC_ALL

# run_case CASE SCRATCH PROGRAM...: leaves stdout, stderr, status and tree in SCRATCH, the run's folder in SCRATCH/case.
run_case() {
    rc_case=$1 rc_scratch=$2
    shift 2
    rm -rf "$rc_scratch"
    mkdir -p "$rc_scratch/case"
    for rc_part in canary ours xex.json; do
        if [ -e "$rc_case/$rc_part" ]; then cp -RP "$rc_case/$rc_part" "$rc_scratch/case/"; fi
    done
    if [ -f "$rc_case/setup" ]; then (cd "$rc_scratch/case" && sh "$rc_case/setup") || return 1; fi
    (cd "$rc_scratch/case" && find . | sort) >"$rc_scratch/before"
    if [ -f "$rc_case/cwd" ]; then
        rc_where=$(cat "$rc_case/cwd")
    else
        rc_where=.
        set -- "$@" --canary canary --ours ours
    fi
    if [ -f "$rc_case/args" ]; then
        while IFS= read -r rc_arg; do set -- "$@" "$rc_arg"; done <"$rc_case/args"
    fi
    rc_status=0
    (cd "$rc_scratch/case/$rc_where" && exec timeout 60 "$@") >"$rc_scratch/stdout" 2>"$rc_scratch/stderr" </dev/null || rc_status=$?
    echo "$rc_status" >"$rc_scratch/status"
    (cd "$rc_scratch/case" && find . | sort) | comm -13 "$rc_scratch/before" - >"$rc_scratch/tree"
}

# report_name CASE LINE DEFAULT: the name of a report below the run's folder.
report_name() {
    rn_name=
    if [ -f "$1/reports" ]; then rn_name=$(sed -n "$2p" "$1/reports"); fi
    printf '%s\n' "${rn_name:-$3}"
}
