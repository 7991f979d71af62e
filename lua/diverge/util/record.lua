-- What the reports for programs have in common: a divergence as a JSON object, and the facts about
-- a run.
--
-- A side that has no value has no member of its name, which tells it from null; left_type and
-- right_type say "absent" there, or "file" where the file itself is what that side has. Numbers are
-- written as they stand in their document, so that no digit is lost. NaN and the infinities, which
-- only some profiles read and no JSON holds, are the strings "NaN", "Infinity" and "-Infinity"
-- beside the type "real".

local M = {}

local rows = {}

local function prepare(kind, left, right, note, style)
  local fields = { { "type", text = kind }, "file", "path", "pointer", "quoted", "kind" }
  local function add(name)
    fields[#fields + 1] = name
  end
  if kind == "divergence" then
    add "class"
    add "severity"
  else
    add "suppressed_by"
  end
  if note then
    add "note"
  end
  add "left_type"
  if left then
    add "left"
  end
  add "right_type"
  if right then
    add "right"
  end
  return diverge.row(fields, style)
end

local function is_value(type)
  return type ~= "absent" and type ~= "file"
end

-- Write a divergence of that kind: "divergence" or "suppressed".
function M.write(out, d, kind, style)
  local left, right, note = is_value(d.left_type), is_value(d.right_type), d.note ~= nil
  local key = kind .. (left and "l" or "") .. (right and "r" or "") .. (note and "n" or "")
  local row = rows[key]
  if not row then
    row = prepare(kind, left, right, note, style)
    rows[key] = row
  end
  return out:row(d, row)
end

-- A gate.
function M.gate(row)
  return { type = "gate", name = row.name, left = row.left, right = row.right, ok = row.ok, stop = row.stop }
end

-- A file. An empty table would be an array, so counts are left out where there are none.
function M.file(f)
  return { type = "file", name = f.name, status = f.status, count = f.count, counts = next(f.counts) and f.counts }
end

-- A class.
function M.class(class)
  return { type = "class", name = class.name, title = class.title, severity = class.severity,
    count = class.count }
end

-- What is known of the run as a whole, in the order in which it is written.
M.facts = { "version", "profile", "title", "verdict", "count", "suppressed", "severities", "sides", "ledger",
  "rules", "inferred" }

return M
