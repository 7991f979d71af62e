-- Classes by the kind of a divergence alone: what any two snapshots can have between them.

local classes = {
  { name = "structural", title = "Structure: what one side has and the other has not" },
  { name = "type", title = "Types" },
  { name = "value", title = "Values" },
  { name = "binary", title = "Bytes" },
}

local by_kind = {
  ["type-mismatch"] = "type",
  ["value"] = "value",
  ["bytes"] = "binary",
  ["hash-mismatch"] = "binary",
}

-- Members, elements and files of one side, lengths, repeated names and keys, elements without one,
-- and a directory in place of a file.
local function classify(d)
  return by_kind[d.plain_kind] or "structural"
end

return { api = 1, name = "default", classes = classes, classify = classify }
