-- What the reports for people have in common: their words for kinds, files, counts and verdicts.

local M = {}

-- 1234567 as "1,234,567".
function M.count(n)
  local text = tostring(n)
  local head = #text % 3
  local parts = { head > 0 and text:sub(1, head) or nil }
  for i = head + 1, #text, 3 do
    parts[#parts + 1] = text:sub(i, i + 2)
  end
  return table.concat(parts, ",")
end

-- "1 file", "2 files"; `many` where the plural is no "s".
function M.plural(n, one, many)
  return M.count(n) .. " " .. (n == 1 and one or many or one .. "s")
end

-- "a", "a and b", "a, b and c"
function M.list(parts)
  local last = table.remove(parts)
  return #parts == 0 and (last or "") or table.concat(parts, ", ") .. " and " .. last
end

local sentences = {
  value = "the value differs", duplicate = "occurrences of a repeated name or key differ",
  ["element-moved"] = "stands elsewhere, unchanged", reordered = "another order of the elements",
  keyless = "elements without a key differ", ["hash-mismatch"] = "the digest is not what the manifest claims",
}
local one_side = {
  ["member-missing"] = "left", ["member-extra"] = "right", ["element-missing"] = "left",
  ["element-extra"] = "right", ["file-missing"] = "left", ["file-extra"] = "right",
}

-- The keys that were found, a line for each shape of arrays.
function M.inferred(run)
  local lines = {}
  for _, found in ipairs(run.inferred) do
    local where = found.pattern == "" and "the root" or found.pattern
    local line = "%s: %s%s matched by %s, which no two elements of a side share; %s left, %s right, %s in common"
    lines[#lines + 1] = line:format(
      found.file, where, found.arrays > 1 and " (" .. M.plural(found.arrays, "array") .. ")" or "", found.key,
      M.count(found.left), M.count(found.right), M.count(found.common))
  end
  return lines
end

-- What kind of divergence it is, in plain words.
function M.kind(d, sides)
  local kind = d.plain_kind
  if sentences[kind] then
    return sentences[kind]
  elseif kind == "type-mismatch" then
    return "the type differs, " .. d.left_type .. " → " .. d.right_type
  elseif kind == "length" then
    local left, right = d.left, d.right
    if diverge.type(left) == "array" and diverge.type(right) == "array" then
      return "the length differs, " .. M.count(#left) .. " → " .. M.count(#right)
    end
    return "the length differs"
  elseif kind == "bytes" then
    return "the bytes differ from byte " .. M.count(d.left.differs_at) .. " on"
  elseif kind == "file-type" then
    return d.left .. " → " .. d.right
  elseif kind == "file-missing" and d.right_type ~= "absent"
    or kind == "file-extra" and d.left_type ~= "absent" then
    return "on neither side"
  elseif one_side[kind] then
    return "only in " .. sides[one_side[kind]].name
  end
  return d.kind
end

-- The same for many divergences of one kind.
function M.kinds(s, sides)
  local kind = s.plain_kind
  if kind == "type-mismatch" or kind == "length" then
    return kind == "length" and "the length differs" or "the type differs"
  elseif one_side[kind] then
    return "only in " .. sides[one_side[kind]].name
  end
  return sentences[kind] or s.kind
end

-- Where it is, for people: a text that is never empty.
function M.place(d)
  local path = d.path
  if path == "" then
    return "(the root)"
  end
  if (path == "<file>" or path == "<bytes>") and d.pointer == "" then
    return path == "<bytes>" and "(the bytes)" or d.file:sub(-1) == "/" and "(the empty directory)"
      or "(the whole file)"
  end
  return path
end

-- What became of a file. Which file it was that had a divergence set aside is not known here.
function M.status(f, run)
  local sides = run.sides
  local none = run.suppressed + run.ledger.ignored > 0 and ", no divergence that counts" or ", no divergence"
  local words = {
    compared = "compared" .. (f.count == 0 and none or ""),
    identical = "identical, by its digests",
    same = f.name:sub(-1) == "/" and "on both sides" or "the same bytes",
    ["missing-left"] = "only in " .. sides.right.name,
    ["missing-right"] = "only in " .. sides.left.name,
    ["missing-both"] = "on neither side",
    outside = "outside of what was looked at",
  }
  return words[f.status] or f.status
end

local units = { string = "character", array = "element", object = "member" }

-- How much there is of a value that was cut; "" for one that is whole.
function M.size(total, type, from)
  if not total then
    return ""
  end
  local text = M.plural(total, units[type] or "digit")
  return " (" .. text .. (from and ", the first " .. M.count(from) .. " alike" or "") .. ")"
end

-- "10 errors, 2 infos"
local function severities(run)
  local parts = {}
  for _, name in ipairs({ "error", "warning", "info" }) do
    local n = run.severities[name]
    if n > 0 then
      parts[#parts + 1] = M.plural(n, name)
    end
  end
  return M.list(parts)
end

-- How much was compared.
function M.compared(run)
  local ledger = run.ledger
  local files = ledger.walked + ledger.settled
  local bytes = ledger.files - ledger.files_missing
  local more = bytes > 0 and M.plural(bytes, "file") .. " byte by byte" or ""
  if files == 0 then
    return bytes == 0 and "nothing was compared: no file is on both sides"
      or more .. (bytes == 1 and " was compared" or " were compared")
  end
  local text = M.plural(files, "file")
  if ledger.settled > 0 then
    text = text .. " (" .. M.count(ledger.settled) .. " by digest alone)"
  end
  if ledger.walked > 0 then
    text = text .. " with " .. M.count(ledger.left.compared) .. " values and names in "
      .. run.sides.left.name .. " and " .. M.count(ledger.right.compared) .. " in " .. run.sides.right.name
  end
  text = text .. (bytes > 0 and ", and " .. more or "")
  return text .. (files + bytes == 1 and ledger.walked == 0 and " was compared" or " were compared")
end

-- The verdict: one word, and the sentence behind it.
function M.verdict(run)
  local failed, touched = 0, 0
  for _, row in ipairs(run.gates) do
    failed = failed + (row.ok and 0 or 1)
  end
  for _, f in ipairs(run.files) do
    touched = touched + (f.count > 0 and 1 or 0)
  end
  local text = run.suppressed + run.ledger.ignored > 0 and "no divergence that counts; " or "no divergence; "
  if run.count > 0 then
    text = M.plural(run.count, "divergence") .. " (" .. severities(run) .. ") in " .. M.count(touched)
      .. " of " .. M.plural(#run.files, "file") .. "; "
  end
  text = text .. M.compared(run)
  if run.stop then
    return "STOP", "a gate failed, so that what was compared cannot be interpreted. " .. text
  elseif failed > 0 then
    text = text .. "; " .. M.plural(failed, "gate") .. " failed"
  end
  return run.count > 0 and "DIFFERENT" or "SAME", text
end

-- What was set aside, a sentence each.
function M.aside(run)
  local ledger, found = run.ledger, {}
  local function both(left, right)
    return M.count(left) .. " values and names in " .. run.sides.left.name .. ", " .. M.count(right)
      .. " in " .. run.sides.right.name
  end
  local function add(n, text)
    if n > 0 then
      found[#found + 1] = text
    end
  end
  add(run.suppressed, M.plural(run.suppressed, "divergence") .. " suppressed by a classifier"
    .. (run.show_suppressed and ", listed below" or " (--show-suppressed lists them)"))
  add(ledger.skipped + ledger.left.ignored + ledger.right.ignored,
    M.plural(ledger.skipped, "place") .. " ignored as skips and rules say: "
    .. both(ledger.left.ignored, ledger.right.ignored))
  add(ledger.ignored, M.plural(ledger.ignored, "divergence") .. " set aside by rules")
  add(ledger.alike, M.plural(ledger.alike, "difference") .. " called equal by rules")
  add(ledger.left.shadowed + ledger.right.shadowed, "hidden by a later member of the same name: "
    .. both(ledger.left.shadowed, ledger.right.shadowed))
  add(ledger.left.outside + ledger.right.outside, "outside of what was looked at (--at): "
    .. both(ledger.left.outside, ledger.right.outside))
  add(ledger.files_outside, M.plural(ledger.files_outside, "file") .. " left out by --files or --at")
  add(ledger.outside, M.plural(ledger.outside, "name") .. " in the directories that the profile leaves out")
  add(ledger.inexact, M.plural(ledger.inexact, "number")
    .. " may have lost digits before diverge saw them")
  add(ledger.warnings, M.plural(ledger.warnings, "warning") .. " given on standard error")
  return found
end

-- Does a table of classes say it all about this severity?
function M.other_severity(d, run)
  for _, class in ipairs(run.classes) do
    if class.name == d.class then
      return class.severity ~= d.severity and d.severity or nil
    end
  end
end

return M
