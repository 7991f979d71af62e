-- report.json of the phase-b profile: what Python's json.dumps(indent=2, sort_keys=True) writes,
-- streamed. Keys are in their sorted order here, so that nothing has to be collected first.

local words = require "diverge.util.phase-b"

local style = diverge.style { indent = 2, sort = true, ascii = true, python = true }
local value = diverge.style { indent = 2, sort = true, ascii = true, python = true, level = 3 }
local first

local function begin(out)
  first = true
  out:write('{\n  "divergences": [')
end

local function divergence(out, d)
  local shown = words.shown[d.kind]
  out:write(first and "\n" or ",\n", '    {\n      "canary": ')
  first = false
  if shown then
    out:json(shown(d, "left"), value)
  else
    out:json(d.left, value)
  end
  out:write(',\n      "class": '):json(d.class, style)
  out:write(',\n      "file": '):json(d.file, style)
  out:write(',\n      "kind": '):json(d.kind, style)
  out:write(',\n      "ours": ')
  if shown then
    out:json(shown(d, "right"), value)
  else
    out:json(d.right, value)
  end
  out:write(',\n      "path": '):json(d.path, style):write("\n    }")
end

local function write_status(out, files)
  out:write('  "file_status": {')
  table.sort(files, function(a, b) return a.name < b.name end)
  for i, f in ipairs(files) do
    out:write(i > 1 and "," or "", "\n    "):json(f.name, style)
    out:write(": "):json(words.status[f.status], style)
  end
  out:write(#files > 0 and "\n  },\n" or "},\n")
end

local function write_gates(out, gates)
  out:write('  "invariants": [')
  for i, row in ipairs(gates) do
    out:write(i > 1 and "," or "", '\n    {\n      "canary": '):json(row.left, value)
    out:write(',\n      "name": '):json(row.name, style)
    out:write(',\n      "ok": ', row.ok and "true" or "false", ',\n      "ours": ')
    out:json(row.right, value):write("\n    }")
  end
  out:write(#gates > 0 and "\n  ],\n" or "],\n")
end

local function finish(out, run)
  out:write(first and "],\n" or "\n  ],\n")
  local files = {}
  for _, f in ipairs(run.files) do
    files[#files + 1] = f
  end
  write_status(out, files)
  write_gates(out, run.gates)
  out:write('  "schema_version": 1,\n  "stop": ', run.stop and "true" or "false", "\n}")
end

return { api = 1, name = "phase-b-json", extension = "json", order = "walk",
  begin = begin, divergence = divergence, finish = finish }
