-- One JSON document, for programs: what is known of the run, its gates, then every divergence on a
-- line of its own, in the order of the walk. It is valid JSON whatever the snapshots hold. See
-- util/record for how a side without a value, and a number that JSON lacks, are written.

local record = require "diverge.util.record"

local style = diverge.style { nonfinite = true }
local spread = diverge.style { nonfinite = true, indent = 2, level = 1 }

-- What stands before the next element of the list at hand, and what ends the list.
local lead, close

local function open(out, name)
  out:write(',\n  "', name, '": [')
  lead, close = "\n    ", "]"
end

local function next_element(out)
  out:write(lead)
  lead, close = ",\n    ", "\n  ]"
end

local function list(out, name, from, convert)
  open(out, name)
  for _, item in ipairs(from) do
    next_element(out)
    out:json(convert(item), style)
  end
  out:write(close)
end

local function begin(out, run)
  out:write '{\n  "type": "run"'
  for _, name in ipairs(record.facts) do
    out:write(',\n  "', name, '": '):json(run[name], spread)
  end
  list(out, "classes", run.classes, record.class)
  list(out, "files", run.files, record.file)
  list(out, "gates", run.gates, record.gate)
  open(out, "divergences")
end

local function divergence(out, d)
  next_element(out)
  record.write(out, d, "divergence", style)
end

local listing = false

local function suppressed(out, d)
  if not listing then
    out:write(close)
    open(out, "suppressed_divergences")
    listing = true
  end
  next_element(out)
  record.write(out, d, "suppressed", style)
end

local function finish(out)
  out:write(close, "\n}\n")
end

return { api = 1, name = "json", title = "JSON", extension = "json", order = "walk", begin = begin,
  divergence = divergence, suppressed = suppressed, finish = finish }
