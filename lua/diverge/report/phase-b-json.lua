-- report.json of the phase-b profile: what Python's json.dumps(indent=2, sort_keys=True) writes,
-- streamed. Keys are in their sorted order here, so that nothing has to be collected first.

local words = require "diverge.util.phase-b"

local style = { indent = 2, sort = true, ascii = true, python = true, level = 2 }

-- A record whose sides show those fields.
local function prepare(left, right)
  return diverge.row({ { "canary", left }, "class", "file", "kind", { "ours", right }, "path" }, style)
end

-- An element that only one side has is shown by its key.
local rows = setmetatable({
  ["missing-from-ours"] = prepare("key", "right"), ["extra-in-ours"] = prepare("left", "key"),
}, { __index = function(t, kind)
  t[kind] = not words.shown[kind] and prepare("left", "right")
  return t[kind]
end })

local function begin(out, run)
  out:write('{\n  "divergences": [', run.count > 0 and "\n    " or "")
end

-- A kind whose sides show something else.
local function divergence(out, d)
  local show = words.shown[d.kind]
  out:json({ canary = show(d, "left") or diverge.null, class = d.class, file = d.file, kind = d.kind,
    ours = show(d, "right") or diverge.null, path = d.path }, style)
end

local function write_status(out, files)
  local status = {}
  for _, f in ipairs(files) do
    status[f.name] = words.status[f.status]
  end
  out:write '  "file_status": '
  out:json(status, diverge.style { indent = 2, sort = true, ascii = true, level = 1 })
end

local function write_gates(out, gates)
  local shown = {}
  for i, gate in ipairs(gates) do
    shown[i] = { name = gate.name, canary = gate.left, ours = gate.right, ok = gate.ok }
  end
  out:write ',\n  "invariants": '
  out:json(shown, diverge.style { indent = 2, sort = true, ascii = true, python = true, level = 1 })
end

local function finish(out, run)
  out:write(run.count > 0 and "\n  ],\n" or "],\n")
  write_status(out, run.files)
  write_gates(out, run.gates)
  out:write(',\n  "schema_version": 1,\n  "stop": ', run.stop and "true" or "false", "\n}")
end

return { api = 1, name = "phase-b-json", extension = "json", order = "walk",
  begin = begin, rows = rows, between = ",\n    ", divergence = divergence, finish = finish }
