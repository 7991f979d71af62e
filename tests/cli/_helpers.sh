# Sourced by the command-line cases: small snapshots to work on. POSIX sh.

# snapshot DIR: a snapshot in which everything agrees with every other one made by this.
snapshot() {
    mkdir -p "$1"
    echo '{"xex_entry_point": "0x82000000", "image_loaded_sha256": "00"}' >"$1/config.json"
    echo '{"pc": "0x82000000"}' >"$1/cpu_state.json"
    echo '{"objects": [{"handle_semantic_id": "a", "refcount": 1}]}' >"$1/kernel.json"
    echo '{}' >"$1/memory.json"
    echo '{}' >"$1/vfs.json"
}

# equal: canary and ours without a divergence. pair: with one.
equal() {
    snapshot canary
    snapshot ours
}

pair() {
    equal
    echo '{"objects": [{"handle_semantic_id": "a", "refcount": 2}]}' >ours/kernel.json
}

# images: canary and ours with images that differ in one slot only, and the xex.json that masks it.
images() {
    pair
    printf '0123XXXX89abcdef' >canary/image.bin
    printf '0123YYYY89abcdef' >ours/image.bin
    echo '{"import_libraries": [{"imports": [{"address": 2181038084, "record_type": 0}]}]}' >xex.json
}

# old: reports of an earlier run, which a failed run leaves alone. still_old says so.
old() {
    echo 'old report' >"${1:-report}.md"
    echo 'old json' >"${1:-report}.json"
}

still_old() {
    if [ "$(cat "${1:-report}.md")" = 'old report' ] && [ "$(cat "${1:-report}.json")" = 'old json' ]; then
        echo 'old reports untouched'
    else
        echo 'OLD REPORTS CHANGED'
    fi
}

# as_root: true where file modes stop nobody.
as_root() { [ "$(id -u)" -eq 0 ]; }

# small: two snapshots that differ at a (class one, error), b (two, warning) and c (three, info); the
# profile p.lua, whose report lists "CLASS SEVERITY PATH NOTE" on standard output.
small() {
    mkdir left right report
    echo '{"a": 1, "b": 1, "c": 1}' >left/d.json
    echo '{"a": 2, "b": 2, "c": 2}' >right/d.json
    cat >p.lua <<'END'
return { api = 1, name = "small", documents = { "d.json" }, reports = { "./report/lines.lua" },
  classes = { { name = "one" }, { name = "two", severity = "warning" },
    { name = "three", severity = "info" } },
  options = { level = { type = "number", help = "how high" } },
  classify = function(d) return d.path == "b" and "two" or d.path == "c" and "three" or "one" end }
END
    cat >report/lines.lua <<'END'
return { api = 1, extension = "txt", order = "walk",
  divergence = function(out, d)
    out:write(d.class, " ", d.severity, " ", d.path, " ", d.note or "", "\n")
  end }
END
}

# passing: a classifier that does nothing but count as one.
passing() {
    echo 'return { api = 1, classify = function(d) end }' >"$1"
}

# lines: ./lines.lua, a report with a line for each divergence: class, kind, file, path, both values.
lines() {
    cat >lines.lua <<'END'
local function value(out, v)
  if v == nil then out:write(" -") else out:write(" "):json(v, { ascii = true }) end
end
return { api = 1, order = "walk",
  begin = function(out, run) if run.count == 0 then out:write("nothing differs\n") end end,
  divergence = function(out, d)
    out:write(d.class, " ", d.kind, " "):json(d.file, { ascii = true }):write(" ")
    out:json(d.path, { ascii = true })
    value(out, d.left)
    value(out, d.right)
    out:write("\n")
  end }
END
}

# ruled RULES: two snapshots, and the profile p.lua with these rules, whose report lists every rule
# ("NAME HITS LEFT-NODES RIGHT-NODES SHADOWED SHADOWED-BY"), the ledger, and every divergence ("CLASS
# SEVERITY PATH PATTERN KIND RULE NOTE") on standard output. What nobody classes is of class "asked".
ruled() {
    mkdir left right report
    cat >left/d.json <<'END'
{"a": {"host_ns": 1, "x": 1, "deep": {"host_ns": 3}}, "gone": 1, "t": [1, 2, 3],
 "regions": [{"start": 1, "v": 1}, {"start": 2, "v": 2}],
 "objects": [{"id": "p.q", "v": 1}, {"id": "z", "v": 2}]}
END
    cat >right/d.json <<'END'
{"a": {"host_ns": 2, "x": 2, "deep": {"host_ns": 4}}, "new": {"b": 2}, "t": [1, 5, 3, 4],
 "regions": [{"start": 2, "v": 3}, {"start": 1, "v": 1}],
 "objects": [{"id": "z", "v": 2}, {"id": "p.q", "v": 7}, {"id": "new", "v": 1}]}
END
    cat >p.lua <<END
return { api = 1, name = "ruled", documents = { "d.json" }, reports = { "./report/rules.lua" },
  kinds = { ["member-missing"] = "gone" }, surplus = "length",
  classes = { { name = "one" }, { name = "two", severity = "warning" }, { name = "asked" } },
  keyed = { ["d.json"] = { objects = "id" } },
  rules = {
    $1
  },
  classify = function(d) return "asked" end }
END
    cat >report/rules.lua <<'END'
return { api = 1, extension = "txt", order = "walk",
  begin = function(out, run)
    for _, rule in ipairs(run.rules) do
      out:write(rule.name, " ", rule.hits, " ", rule.left_nodes, " ", rule.right_nodes, " ",
        rule.shadowed, " ", rule.shadowed_by or "-", "\n")
    end
    out:write("hidden ", run.ledger.skipped, ", nodes ", run.ledger.left.ignored, " ",
      run.ledger.right.ignored, ", divergences ", run.ledger.ignored, "\n")
  end,
  divergence = function(out, d)
    out:write(d.class, " ", d.severity, " ", d.path, " ", d.pattern, " ", d.kind, " ",
      d.rule or "-", " ", d.note or "-", "\n")
  end }
END
}

# report_small: two small snapshots with a divergence of most kinds, a skip and a suppressed one; the
# profile p.lua, the classifier over.lua, to be named by it.
report_small() {
    mkdir left right
    cat >left/state.json <<'END'
{"name": "left", "size": 1, "list": [1, 2], "gone": {"a": [true, null]}, "kept": 0, "clock": 5,
 "items": [{"id": "a", "v": 1}, {"id": "b", "v": 12345678901234567890123}], "known": 1, "quiet": 1.50}
END
    cat >right/state.json <<'END'
{"name": "right", "size": "1", "list": [1, 2, 3], "kept": 0, "clock": 6, "new": -0.0, "known": 2,
 "items": [{"id": "a", "v": null}, {"id": "c"}, {"id": "b", "v": 12345678901234567890124}], "quiet": 1e400}
END
    echo '{"x": 1}' >left/alone.json
    echo '{"same": [1, 2, 3]}' >left/same.json
    cp left/same.json right/same.json
    cat >p.lua <<'END'
return { api = 1, name = "small", title = "A small comparison", sides = { left = "before", right = "after" },
  documents = { "state.json", "alone.json", "same.json" }, keyed = { ["state.json"] = { items = "id" } },
  skip = { ["state.json"] = { "clock" } }, gates = function(run)
    run:gate("both have a state", run.left:exists("state.json"), run.right:exists("state.json"), true)
    run:gate("names agree", run.left:document("state.json").name, run.right:document("state.json").name, false)
  end,
  classes = { { name = "shape", title = "Shape" }, { name = "value", title = "Values" },
    { name = "quiet", title = "Worth a look", severity = "info" } },
  classify = function(d)
    if d.path == "quiet" then return "quiet", nil, "seen before" end
    return d.plain_kind == "value" and "value" or "shape"
  end }
END
    cat >over.lua <<'END'
return { api = 1, classify = function(d)
  if d.path == "known" then return false, nil, "issue 12" end
  if d.path == "name" then return "value", "warning" end
end }
END
}

# report_nasty: names and values that would take effect somewhere.
report_nasty() {
    mkdir left right
    printf '%s' '{"a|b`c": "<b>&\u001b[2J", "\u202egnp.exe": {"x\ny": "\ud800"}, "": ["`", "|", "*"],' \
        '"long": "' "$(printf '%0500d' 0 | tr 0 x)" 'A", "@me": "http://evil.example", "nan": 1}' >"left/<i>|\`d.json"
    printf '%s' '{"a|b`c": "</code><script>", "\u202egnp.exe": {"x\ny": "\u0000"}, "": ["``", "\\|", "_"],' \
        '"long": "' "$(printf '%0500d' 0 | tr 0 x)" 'B", "@me": "\u007f\u009b31m", "nan": NaN}' >"right/<i>|\`d.json"
    cat >p.lua <<'END'
return { api = 1, name = "nasty", title = "<h1>*nasty*</h1> | `x`", documents = { "<i>|`d.json" },
  reading = { nonfinite = true }, classes = { { name = "c", title = "[x](http://evil.example) & | 'y'" } },
  classify = function(d) return "c", nil, "note\n<b>\27[0m @me" end }
END
}
