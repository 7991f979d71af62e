-- How many divergences there are of each kind, and which keys were found: lines of words.
local counts, kinds = {}, {}

local function divergence(_, d)
  if not counts[d.kind] then
    counts[d.kind] = 0
    kinds[#kinds + 1] = d.kind
  end
  counts[d.kind] = counts[d.kind] + 1
end

local function finish(out, run)
  table.sort(kinds)
  for _, kind in ipairs(kinds) do
    out:write("kind ", kind, " ", tostring(counts[kind]), "\n")
  end
  for _, key in ipairs(run.inferred) do
    out:write("key ", key.key, " ", tostring(key.arrays), "\n")
  end
end

return { api = 1, order = "walk", divergence = divergence, finish = finish }
