-- For a page, a ticket or a change request: the verdict and what was counted, then the divergences
-- by class and file. Whatever comes from the snapshots is a code span, in which no Markdown takes
-- effect.

local words = require "diverge.util.wording"

local escape = diverge.escape
local code, markdown = escape.code, escape.markdown
local count, plural = words.count, words.plural
local value_most, place_most = 400, 1000

local run

-- Code of a text of any length.
local function short_code(text)
  return code(diverge.shorten(escape.terminal(text), place_most))
end

local function cell(v)
  local text, total = diverge.brief(v, 80)
  return code(text) .. words.size(total, diverge.type(v))
end

local function table_head(out, title, ...)
  out:write("\n## ", title, "\n\n| ", table.concat({ ... }, " | "), " |\n", string.rep("|---", select("#", ...)), "|\n")
end

local function write_gates(out)
  if #run.gates > 0 then
    table_head(out, "Gates", "gate", markdown(run.sides.left.name), markdown(run.sides.right.name), "result")
  end
  for _, row in ipairs(run.gates) do
    local result = row.ok and "pass" or row.stop and "**FAIL, stops**" or "**FAIL**"
    out:write("| ", short_code(row.name), " | ", cell(row.left), " | ", cell(row.right), " | ", result, " |\n")
  end
end

local function write_classes(out)
  if run.count > 0 then
    table_head(out, "Classes", "class", "severity", "divergences")
  end
  for _, class in ipairs(run.classes) do
    if class.count > 0 then
      out:write("| ", markdown(class.title), " | ", class.severity, " | ", count(class.count), " |\n")
    end
  end
end

local function write_files(out)
  if #run.files > 0 then
    table_head(out, "Files", "file", "divergences", "what became of it")
  end
  for _, f in ipairs(run.files) do
    out:write("| ", short_code(f.name), " | ", count(f.count), " | ", markdown(words.status(f, run)), " |\n")
  end
end

local function write_lines(out, title, lines)
  out:write(#lines > 0 and "\n" .. title .. ":\n\n" or "")
  for _, line in ipairs(lines) do
    out:write("- "):markdown(line):write("\n")
  end
end

local function begin(out, the_run)
  run = the_run
  out:write("# "):markdown(run.title):write("\n\n")
  for _, side in ipairs({ run.sides.left, run.sides.right }) do
    if side.path then
      out:write("- ", markdown(side.name), ": ", short_code(side.path), "\n")
    end
  end
  local word, text = words.verdict(run)
  out:write(run.stop and "\n> **" or "\n**", word, "**: "):markdown(text):write("\n")
  write_lines(out, "Set aside", words.aside(run))
  write_lines(out, "Keys that were found", words.inferred(run))
  write_gates(out)
  write_classes(out)
  write_files(out)
end

local function section(out, class)
  out:write("\n## "):markdown(class.title):write(" (", count(class.count), ")\n")
end

local function group(out, _, f, n)
  out:write("\n### ", short_code(f.name), " (", count(n), ")\n\n")
end

local function write_value(out, d, side)
  local type = d[side .. "_type"]
  if type ~= "absent" and type ~= "file" then
    local text, total, from = d:brief(side, value_most)
    out:write("  - "):markdown(run.sides[side].name):write(": ", code(text), words.size(total, type, from), "\n")
  end
end

local function divergence(out, d)
  local severity = words.other_severity(d, run)
  out:write("- ", short_code(words.place(d)), ": "):markdown(words.kind(d, run.sides))
  out:write(severity and ", " .. severity or "", "\n")
  write_value(out, d, "left")
  write_value(out, d, "right")
  if d.note then
    out:write("  - note: "):markdown(d.note):write("\n")
  end
end

local function omitted(out, _, n)
  out:write("\n… ", plural(n, "more divergence"), " of this class; the report `jsonl` lists every one.\n")
end

local listing = false

local function suppressed(out, d)
  if not listing then
    out:write("\n## Suppressed (", count(run.suppressed), ")\n\n")
    listing = true
  end
  divergence(out, d)
  out:write("  - in ", short_code(d.file), ", suppressed by ", short_code(d.suppressed_by), "\n")
end

return { api = 1, name = "markdown", title = "Markdown", extension = "md", order = "class", limit = 200,
  begin = begin, section = section, group = group, divergence = divergence, omitted = omitted,
  suppressed = suppressed }
