-- One JSON object a line, for programs: the run, its classes, gates and files, then every divergence
-- as the walk finds it. The `type` of each says what it is: run, class, gate, file, divergence or
-- suppressed. See util/record for how a side without a value, and a number that JSON lacks, are
-- written.

local record = require "diverge.util.record"

local style = diverge.style { compact = true, nonfinite = true }

local function line(out, t)
  out:json(t, style):write "\n"
end

local function begin(out, run)
  local lead = '{"type":"run"'
  for _, name in ipairs(record.facts) do
    out:write(lead, ',"', name, '":'):json(run[name], style)
    lead = ""
  end
  out:write "}\n"
  for _, class in ipairs(run.classes) do
    line(out, record.class(class))
  end
end

local function gate(out, row)
  line(out, record.gate(row))
end

local function file(out, f)
  line(out, record.file(f))
end

local function divergence(out, d)
  record.write(out, d, "divergence", style):write "\n"
end

local function suppressed(out, d)
  record.write(out, d, "suppressed", style):write "\n"
end

return { api = 1, name = "jsonl", title = "JSON lines", extension = "jsonl", order = "walk",
  begin = begin, gate = gate, file = file, divergence = divergence, suppressed = suppressed }
