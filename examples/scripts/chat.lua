-- A message for a chat channel: how many divergences there are, the classes that have most of them,
-- and an example of each, in a few lines. What comes from a snapshot stands in backticks, with what
-- could end them, call people or end the line replaced.

local most_classes, most_bytes = 3, 80

local function quote(text)
  text = diverge.utf8(text):gsub("[%c`@]", "?"):gsub("[&<>]", { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;" })
  if #text > most_bytes then
    text = text:sub(1, (utf8.offset(text, 0, most_bytes)) - 1) .. "…"
  end
  return "`" .. text .. "`"
end

local shown -- by name: the classes that the message speaks of

local function begin(out, run)
  local classes = {}
  for i, class in ipairs(run.classes) do
    classes[i] = class
  end
  table.sort(classes, function(a, b) return a.count > b.count end)
  shown = {}
  for i = 1, most_classes do
    if classes[i] and classes[i].count > 0 then
      shown[classes[i].name] = true
    end
  end
  out:write("*", run.title, "*: ", run.count, run.count == 1 and " divergence" or " divergences")
  if run.suppressed > 0 then
    out:write(", ", run.suppressed, " suppressed")
  end
  out:write(run.stop and " — *STOP*: a gate failed, the rest means little\n" or "\n")
end

local function gate(out, row)
  if not row.ok then
    out:write("gate failed: ", quote(row.name), "\n")
  end
end

local function section(out, class)
  if shown[class.name] then
    out:write("• ", class.count, " ", class.title, " (", class.severity, "), such as ")
  end
end

local function divergence(out, d)
  if shown[d.class] then
    out:write(quote(d.path), " in ", quote(d.file), "\n")
  end
end

local function finish(out, run)
  local rest = 0
  for _, class in ipairs(run.classes) do
    rest = rest + (shown[class.name] and 0 or class.count)
  end
  if rest > 0 then
    out:write("• ", rest, " in other classes\n")
  end
end

return { api = 1, extension = "txt", order = "class", limit = 1,
  begin = begin, gate = gate, section = section, divergence = divergence, finish = finish }
