-- Comparing tables, texts and paths; options; what a comparison tells; how failures are told.
local check = require "check"
local diverge = require "diverge"
local pair = os.getenv "DIVERGE_SOURCE" .. "/examples/phase-b"

-- Tables.
local r = assert(diverge.compare({ a = 1, b = { 1, 2 }, c = "x", d = 0 }, { a = 1, b = { 1, 3, 4 }, c = diverge.null }))
check.equal(r.verdict, "different")
check.equal(r.identical, false)
check.equal(#r, 4)
check.equal(tostring(r), "comparison (different, 4)")
local seen = {}
for d in r:divergences() do
  seen[#seen + 1] = ("%s %s %s %s %s %s %s"):format(d.path, d.pointer, d.kind, d.left_type, d.right_type, d.class, d.severity)
  check.equal(d.file, "document.json")
end
check.equal(
  table.concat(seen, "\n"),
  "d /d member-missing integer absent structural error\n"
    .. "b[1] /b/1 value integer integer value error\n"
    .. "b[2] /b/2 element-extra absent integer structural error\n"
    .. "c /c type-mismatch string null type error"
)
check.equal(r[1].left, 0)
check.equal(r[1].right, nil)
check.equal(r[0], nil)
check.equal(r[5], nil)
check.equal(tostring(r[2]), "document.json: b[1]: value")
check.equal(r[1].note, nil)
check.equal(r[2]:copy().path, "b[1]")
check.raises("no field 'pth'", function() return r[1].pth end)
check.raises("no field 'verdit'", function() return r.verdit end)
check.equal(r.ledger.left.read > 0, true)
check.equal(r.ledger.left.read, r.ledger.left.compared + r.ledger.left.one_sided + r.ledger.left.ignored + r.ledger.left.shadowed)
check.equal(r.files[1].name, "document.json")
check.equal(r.files[1].count, 4)
check.equal(r.classes[1].name, "structural")
check.equal(r.classes[1].count, 2)
check.equal(#r.gates, 0)

local s = assert(diverge.compare({ 1 }, { 1 }))
check.equal(s.verdict, "same")
check.equal(s.identical, true)
check.equal(#s, 0)

-- Texts.
check.equal(#assert(diverge.compare_json('{"a": [1, 2]}', '{"a": [1, 2.5]}')), 1)
check.fails("input", "left:2:1: ", diverge.compare_json('{\n01', "1"))
check.fails("input", "right:1:1: ", diverge.compare_json("1", ""))
check.raises("string expected", diverge.compare_json, {}, "1")

-- Paths: two directories, two files.
local p = assert(diverge.compare_paths(pair .. "/canary", pair .. "/ours", { profile = "phase-b", set = { ["xex-json"] = pair .. "/xex.json" } }))
check.equal(#p > 0, true)
check.equal(#p.gates > 0, true)
check.equal(type(p.gates[1].ok), "boolean")
check.equal(assert(diverge.compare_paths(pair .. "/canary", pair .. "/canary", { profile = "phase-b" })).identical, true)
check.write("l.json", '{"x": 1}')
check.write("r.json", '{"x": 2}')
local f = assert(diverge.compare_paths("l.json", "r.json"))
check.equal(f[1].file, "r.json")
check.equal(f[1].left, 1)
check.fails("absent", "/nowhere", diverge.compare_paths("/nowhere", "/nothing"))
check.fails("io", "", diverge.compare_paths("l.json", "no.json"))
check.raises("no NUL", diverge.compare_paths, "a\0b", "c")
check.raises("names of their own", diverge.compare_paths, "l.json", "r.json", { name = "x" })

-- Options.
local none = "is no option; there are profile, classifiers, classify, set, name, script_path, sandbox, depth, integer_digits"
check.raises('"profil" ' .. none, diverge.compare, 1, 2, { profil = "x" })
check.raises('"1" ' .. none, diverge.compare, 1, 2, { "x" })
check.raises("table expected", diverge.compare, 1, 2, "default")
check.raises('option "profile": a string is expected, not a number', diverge.compare, 1, 2, { profile = 1 })
check.raises('option "profile" holds a NUL', diverge.compare, 1, 2, { profile = "a\0" })
check.raises('option "classify": a function is expected', diverge.compare, 1, 2, { classify = "x" })
check.raises('option "classifiers": a list of strings is expected', diverge.compare, 1, 2, { classifiers = { 1 } })
check.raises('option "classifiers": a table is expected', diverge.compare, 1, 2, { classifiers = "x" })
check.raises('option "depth": a whole number', diverge.compare, 1, 2, { depth = 1.5 })
check.raises('option "depth": a whole number', diverge.compare, 1, 2, { depth = 0 })
check.raises('option "sandbox"', diverge.compare, 1, 2, { sandbox = "on" })
check.raises('option "set": a table', diverge.compare, 1, 2, { set = 1 })
check.raises('option "set": a string, a number or a boolean', diverge.compare, 1, 2, { set = { x = {} } })
check.raises('names of options are strings', diverge.compare, 1, 2, { set = { 1 } })
check.fails("argument", '"no-such"', diverge.compare(1, 2, { profile = "no-such" }))
check.fails("argument", "no-such", diverge.compare(1, 2, { set = { ["no-such"] = "x" } }))
check.fails("argument", "no-such", diverge.compare(1, 2, { classifiers = { "no-such" } }))
check.fails("limit", "deep", diverge.compare_json("[[1]]", "[[2]]", { depth = 1 }))
check.fails("limit", "digits", diverge.compare_json("123", "1", { integer_digits = 2 }))
check.equal(assert(diverge.compare(1, 2, { name = "cpu.json" }))[1].file, "cpu.json")

-- Scripts: by path, by name below a folder, and what they are not let do.
check.write("c.lua", 'return { api = 1, classes = { { name = "odd" } }, classify = function(d) if d.path == "a" then return "odd" end end }')
check.equal(assert(diverge.compare({ a = 1 }, { a = 2 }, { classifiers = { "./c.lua" } }))[1].class, "odd")
assert(os.execute "mkdir profile")
check.write("profile/house.lua", 'return { api = 1, name = "house", documents = { "*.json" }, classes = { { name = "one" } } }')
check.equal(assert(diverge.compare({ a = 1 }, { a = 2 }, { profile = "house", script_path = { "." } }))[1].class, "one")
check.write("bad.lua", 'local f = io.open "x"\nreturn {}')
check.fails("script", "bad.lua:1: ", diverge.compare(1, 2, { profile = "./bad.lua" }))
check.write("open.lua", 'assert(io and os)\nreturn { api = 1, name = "open", documents = { "*.json" } }')
check.equal(#assert(diverge.compare(1, 2, { profile = "./open.lua", sandbox = "off" })), 1)

-- A profile that is a table.
local mine = {
  name = "mine",
  title = "Mine",
  sides = { left = "want", right = "got" },
  classes = { { name = "bug" }, { name = "noise", title = "Noise", severity = "info" } },
  rules = {
    { at = "t", class = "noise", why = "the clock" },
    { at = "list", match = "key", key = "id" },
    { at = "x.**", ignore = true, why = "not ours" },
    { at = "list[*].v", severity = "warning" },
  },
}
local m = assert(diverge.compare({ t = 1, list = { { id = 1, v = 1 }, { id = 2 } }, x = { y = 1 } }, { t = 2, list = { { id = 2 }, { id = 1, v = 2 } }, x = { y = 2 } }, { profile = mine }))
check.equal(#m, 2)
check.equal(m[1].path, "list[id=1].v")
check.equal(m[1].class, "bug")
check.equal(m[1].severity, "warning")
check.equal(m[2].class, "noise")
check.equal(m[2].severity, "info")
check.equal(m[2].rule, "rules[1] of mine")
check.equal(m.ledger.skipped, 1)
check.has(m:report "text", "want")
check.equal(#assert(diverge.compare(0.1, diverge.number "0.1000000000000000001", { profile = { reading = { numbers = "double" } } })), 0)
check.equal(#assert(diverge.compare_json("[NaN]", "[1]", { profile = { reading = { nonfinite = true } } })), 1)
check.fails("input", "non-finite", diverge.compare_json("[NaN]", "[1]"))
check.raises('"att" is no field of a rule', diverge.compare, 1, 1, { profile = { rules = { { att = "x" } } } })
check.raises('"rulez" is no field of a profile', diverge.compare, 1, 1, { profile = { rulez = {} } })
check.raises("rule 1 is a string", diverge.compare, 1, 1, { profile = { rules = { "x" } } })
check.raises('severity "bad" is none', diverge.compare, 1, 1, { profile = { classes = { { name = "a", severity = "bad" } } } })
check.raises('numbers are "exact" or "double"', diverge.compare, 1, 1, { profile = { reading = { numbers = "float" } } })
check.raises('"ignore" is a number', diverge.compare, 1, 1, { profile = { rules = { { at = "x", ignore = 1 } } } })
check.fails("argument", "rules[1]: ", diverge.compare(1, 1, { profile = { rules = { { at = "[", ignore = true } } } }))

-- Warnings.
local w = assert(diverge.compare_json('{"a":1,"a":1}', '{"a":1,"a":1}'))
check.equal(#w.warnings, 1)
check.has(w.warnings[1], "repeated member name")
check.equal(#s.warnings, 0)

-- Reports.
check.has(r:report "markdown", "b[1]")
check.has(r:report "jsonl", '"pointer":"/b/1"')
check.fails("argument", '"nothing"', r:report "nothing")
check.write("boom.lua", 'return { api = 1, name = "boom", begin = function(out) out:write "x" error "boom" end }')
check.fails("script", "boom", r:report "./boom.lua")
check.write("own.lua", 'return { api = 1, name = "own", divergence = function(out, d) out:write(d.path, "\\0\\n") end }')
check.equal(r:report "./own.lua", "d\0\nb[2]\0\nc\0\nb[1]\0\n")
check.has(r:report("text", { color = true, columns = 60 }), "\27[")
check.equal(r:report("text"):find "\27", nil)
check.raises("option of a report", r.report, r, "text", { colour = true })
check.raises('"columns"', r.report, r, "text", { columns = -1 })
check.raises('"color": a boolean', r.report, r, "text", { color = 1 })

check.done()
