-- How many divergences there are of each file, class, kind and shape of path, the most frequent
-- first, and how many in all.

local words = require "diverge.util.wording"

local wide, sum = 0, 0

local function line(out, number, ...)
  local text = words.count(number)
  out:write(string.rep(" ", wide - #text), text, "  ", ...)
end

local function begin(_, run)
  wide = #words.count(run.count)
end

local function shape(out, s)
  sum = sum + s.count
  line(out, s.count)
  out:terminal(s.file.name):write("  "):terminal(s.class.name):write("  ", s.severity, "  "):terminal(s.kind)
  out:write("  "):terminal(s.pattern == "" and "(the root)" or s.pattern):write("\n")
  return 0
end

local function finish(out)
  line(out, sum, "in all\n")
end

return { api = 1, name = "stat", title = "Counts by file, class and shape", extension = "txt", order = "shape",
  begin = begin, shape = shape, finish = finish }
