-- Everything that `d` shows, in notes and in a report; see divergence_test.lua.

local fields = { "file", "path", "pointer", "kind", "left_type", "right_type", "key", "index", "depth", "side",
  "class", "severity", "note", "suppressed_by" }

local function tell(d)
  local words = {}
  for i, name in ipairs(fields) do
    words[i] = name .. "=" .. tostring(d[name])
  end
  return table.concat(words, " ")
end

local kept, first -- beyond their time

local function classify(d)
  if d.path == "fields" or d.index then
    return nil, nil, tell(d)
  elseif d.path == "texts" then
    return nil, nil, ("%s|%s|%s|%s"):format(d:text "left", d:text "right", d:repr "left", d:repr "right")
  elseif d.path == "wrong" then
    return nil, nil, tostring(select(2, pcall(function() return d.pth end))) .. "; "
      .. tostring(select(2, pcall(function() return d:text "middle" end))) .. "; "
      .. tostring(select(2, pcall(function() d.class = "x" end)))
  elseif d.path == "keep" then
    kept, first = d:copy(), d.left
  elseif d.path == "kept" then
    return nil, nil, select(2, pcall(function() return kept.path end)) .. "; "
      .. select(2, pcall(function() return first[1] end))
  end
end

local function begin()
  kept, first = nil, nil
end

local function divergence(out, d)
  kept = d
  first = first or d:copy()
  out:write(d.path, " ", first.path, " ", first:copy().path, "\n")
end

local function finish(out)
  local _, message = pcall(function() return kept.path end)
  out:write(message, "\n", first.path, " ", first:text "left", " ", tostring(first), "\n")
end

return { api = 1, classify = classify, order = "walk", begin = begin, divergence = divergence, finish = finish }
