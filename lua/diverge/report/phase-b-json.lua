-- report.json of the phase-b profile: what Python's json.dumps(indent=2, sort_keys=True) writes,
-- streamed. Keys are in their sorted order here, so that nothing has to be collected first.

local words = require "diverge.util.phase-b"

local text = diverge.style { ascii = true }
local value = diverge.style { indent = 2, sort = true, ascii = true, python = true, level = 3 }
local shown = words.shown
local write, json, lead

-- The line of a member whose value comes back often, made once for each value.
local function lines(name)
  return setmetatable({}, { __index = function(t, v)
    local line = ',\n      "' .. name .. '": ' .. diverge.json(v, text)
    t[v] = line
    return line
  end })
end

local class_line, file_line, kind_line = lines "class", lines "file", lines "kind"

local function begin(out)
  write, json = out.write, out.json
  lead = '\n    {\n      "canary": '
  write(out, '{\n  "divergences": [')
end

local function divergence(out, d)
  local kind = d.kind
  local show = shown[kind]
  local left, right
  if show then
    left, right = show(d, "left"), show(d, "right")
  else
    left, right = d.left, d.right
  end
  write(out, lead)
  json(out, left, value)
  write(out, class_line[d.class], file_line[d.file], kind_line[kind], ',\n      "ours": ')
  json(out, right, value)
  write(out, ',\n      "path": ')
  json(out, d.path, text)
  lead = '\n    },\n    {\n      "canary": '
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
  local rows = {}
  for i, row in ipairs(gates) do
    rows[i] = { name = row.name, canary = row.left, ours = row.right, ok = row.ok }
  end
  out:write ',\n  "invariants": '
  out:json(rows, diverge.style { indent = 2, sort = true, ascii = true, python = true, level = 1 })
end

local function finish(out, run)
  out:write(run.count > 0 and "\n    }\n  ],\n" or "],\n")
  write_status(out, run.files)
  write_gates(out, run.gates)
  out:write(',\n  "schema_version": 1,\n  "stop": ', run.stop and "true" or "false", "\n}")
end

return { api = 1, name = "phase-b-json", extension = "json", order = "walk",
  begin = begin, divergence = divergence, finish = finish }
