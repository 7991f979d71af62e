-- For people at a terminal: the verdict and what was counted, the gates, then the divergences by
-- class and file, both values under each other. Long values are cut and their length is said; what
-- cannot be seen is written out; colours are used where the program says so.

local words = require "diverge.util.wording"

local escape, shorten, width = diverge.escape.terminal, diverge.shorten, diverge.width
local count, plural = words.count, words.plural
local files_most = 24
-- Divergences of one shape are counted where a class has more than so many, and the shape itself;
-- the first ones are shown.
local class_few, shape_few, examples = 50, 10, 3

-- Set by begin: the run, the columns there are, how wide the names of the sides are.
local run, columns, label_width
local paint = { title = "1", dim = "2", file = "36", left = "31", right = "32", note = "33",
  STOP = "1;97;41", DIFFERENT = "1;33", SAME = "1;32", FAIL = "1;31", pass = "32", rule = "2" }

local function color(name, text)
  if not run.color or text == "" then
    return text
  end
  return "\27[" .. paint[name] .. "m" .. text .. "\27[0m"
end

local function pad(text, to)
  return text .. string.rep(" ", to - width(text))
end

-- A paragraph that is broken at spaces, its further lines indented.
local function wrap(out, text, first, indent)
  local at, between = first, ""
  for word in text:gmatch("%S+") do
    if at + #between + width(word) > columns and at > indent then
      at, between = indent, "\n" .. string.rep(" ", indent)
    end
    out:write(between, word)
    at = at + (between == " " and 1 or 0) + width(word)
    between = " "
  end
  out:write "\n"
end

-- A value on a line of its own, under the name of its side.
local function value_line(out, side, indent, text, note)
  out:write(string.rep(" ", indent), color("dim", pad(escape(run.sides[side].name), label_width)), "  ",
    color(side, text), color("dim", note), "\n")
end

-- `brief(most)` gives a text that is cut, its size, and what was left away in front.
local function value(out, side, indent, type, brief)
  local room = math.max(columns - indent - label_width - 2, 16)
  local text, total, from = brief(room)
  local note = words.size(total, type, from)
  if total and #note > 0 then
    text, total, from = brief(math.max(room - width(note), 16))
    note = words.size(total, type, from)
  end
  value_line(out, side, indent, text, note)
end

-- ---------------------------------------------------------------- the head

local function heading(out, text)
  out:write("\n", color("title", text), "\n")
end

local function write_gate(out, row)
  local state = row.ok and "pass" or "FAIL"
  local name = shorten(escape(row.name), columns - 30)
  out:write("  ", color(state, state), "  ", name)
  if row.ok then
    local text = diverge.brief(row.left, math.max(columns - width(name) - 10, 16))
    out:write("  ", color("dim", text), "\n")
  else
    out:write(row.stop and "  " .. color("FAIL", "stops") or "", "\n")
    for _, side in ipairs({ "left", "right" }) do
      value(out, side, 8, diverge.type(row[side]), function(most)
        return diverge.brief(row[side], most)
      end)
    end
  end
end

local function write_classes(out)
  local rows, wide = {}, 0
  for _, class in ipairs(run.classes) do
    if class.count > 0 then
      local title = shorten(escape(class.title), columns - 26)
      rows[#rows + 1] = { title, class }
      wide = math.max(wide, width(title))
    end
  end
  if #rows == 0 then
    return
  end
  heading(out, "Classes")
  for _, row in ipairs(rows) do
    out:write("  ", pad(row[1], wide), "  ", pad(row[2].severity, 7), "  ",
      string.format("%9s", count(row[2].count)), "\n")
  end
end

-- Files that diverge or lack, or all if they are few, and how many there are beside them.
local function write_files(out)
  local shown, wide, rest = {}, 0, 0
  local few = #run.files <= files_most
  for _, f in ipairs(run.files) do
    if #shown < files_most and (few or f.count > 0) then
      local name = shorten(escape(f.name), columns - 40)
      shown[#shown + 1] = { name, f }
      wide = math.max(wide, width(name))
    else
      rest = rest + 1
    end
  end
  if #run.files == 0 then
    return
  end
  heading(out, "Files")
  for _, row in ipairs(shown) do
    local f = row[2]
    out:write("  ", color(f.count > 0 and "file" or "dim", pad(row[1], wide)), "  ",
      string.format("%9s", f.count > 0 and count(f.count) or "-"), "  ",
      color("dim", words.status(f, run)), "\n")
  end
  if rest > 0 then
    out:write("  … ", plural(rest, "more file", "more files"), "\n")
  end
end

local function write_verdict(out)
  local word, text = words.verdict(run)
  out:write("\n", color(word, run.color and " " .. word .. " " or word), run.color and " " or ": ")
  wrap(out, text, #word + (run.color and 3 or 2), 2)
end

local function write_lines(out, title, lines)
  if #lines > 0 then
    heading(out, title)
    for _, line in ipairs(lines) do
      out:write "  "
      wrap(out, escape(line), 2, 4)
    end
  end
end

local function begin(out, the_run)
  run = the_run
  columns = run.columns > 0 and math.max(math.min(run.columns, 160), 60) or 80
  label_width = math.max(width(run.sides.left.name), width(run.sides.right.name))
  out:write(color("title", escape(run.title)), "\n")
  for _, side in ipairs({ "left", "right" }) do
    local path = run.sides[side].path
    if path then
      value_line(out, side, 2, shorten(escape(path), columns - label_width - 4), "")
    end
  end
  write_verdict(out)
  if #run.gates > 0 then
    heading(out, "Gates")
    for _, row in ipairs(run.gates) do
      write_gate(out, row)
    end
  end
  write_lines(out, "Set aside", words.aside(run))
  write_lines(out, "Keys that were found (--match says others)", words.inferred(run))
  write_classes(out)
  write_files(out)
end

-- ---------------------------------------------------------------- divergences

local function rule(out)
  out:write(color("rule", string.rep("─", columns)), "\n")
end

local function section(out, class)
  out:write "\n"
  rule(out)
  local tail = "  " .. class.severity .. "  " .. count(class.count)
  out:write(color("title", shorten(escape(class.title), columns - width(tail))), color("dim", tail), "\n")
end

local function group(out, _, f, n)
  out:write("\n", color("file", shorten(escape(f.name), columns - 24)), color("dim", "  " .. count(n)), "\n")
end

local function sides(out, d)
  for _, side in ipairs({ "left", "right" }) do
    local type = d[side .. "_type"]
    if type ~= "absent" and type ~= "file" then
      value(out, side, 4, type, function(most)
        return d:brief(side, most)
      end)
    end
  end
end

local function note_line(out, text)
  out:write "    "
  for line, mark in shorten(escape(text), 4 * columns):gmatch("([^\n]*)(\n?)") do
    if line ~= "" or mark ~= "" then
      out:write(color("note", line))
    end
  end
  out:write "\n"
end

local function divergence(out, d)
  local kind = escape(words.kind(d, run.sides))
  local severity = words.other_severity(d, run)
  if severity then
    kind = kind .. ", " .. severity
  end
  -- A place is what a reader takes along, to --explain or to a rule: whole, though the line may be
  -- long, and on one line whatever it is called, so that no name changes how many lines there are.
  out:write("  ", shorten(escape(words.place(d)), 16 * columns), color("dim", "  · " .. kind), "\n")
  sides(out, d)
  if d.note and d.note ~= "" then
    note_line(out, d.note)
  end
end

-- Many divergences whose paths match one pattern: how many, then the first of them.
local function shape(out, s)
  if s.class.count <= class_few or s.count <= shape_few or diverge.option "all" then
    return nil
  end
  local place = s.pattern == "" and "(the root)" or shorten(escape(s.pattern), 16 * columns)
  local kind = words.kinds(s, run.sides)
  if s.severity ~= s.class.severity then
    kind = kind .. ", " .. s.severity
  end
  out:write("  ", color("title", count(s.count) .. " × " .. place), color("dim", "  · " .. kind
    .. "; the first " .. examples .. ":"), "\n")
  return examples
end

local function omitted(out, _, n)
  out:write("\n  … ", plural(n, "more divergence"), " of this class; --report jsonl lists every one\n")
end

local listing = false

local function suppressed(out, d)
  if not listing then
    out:write "\n"
    rule(out)
    out:write(color("title", "Suppressed"), color("dim", "  " .. count(run.suppressed)), "\n\n")
    listing = true
  end
  out:write("  ", color("file", shorten(escape(d.file), columns - 4)), "\n")
  divergence(out, d)
  note_line(out, "suppressed by " .. d.suppressed_by)
end

local options = { all = { type = "flag", help = "list one by one what is of one shape" } }

return { api = 1, name = "text", title = "Text for a terminal", extension = "txt", order = "class", options = options,
  limit = 200, begin = begin, section = section, group = group, shape = shape, divergence = divergence,
  omitted = omitted, suppressed = suppressed }
