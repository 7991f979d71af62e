-- The image of the phase-b profile. Imports are patched while an image is loaded, by each engine in
-- its own way: their slots are masked before the images are hashed, so that only a difference in
-- what was decoded counts.

-- Bytes that an import takes, by its record_type: a variable's slot, a thunk.
local length = { [0] = 4, [1] = 16 }
local default_base = 0x82000000

-- The length that a record_type masks; `false` and 1.0 are numbers here as well.
local function length_of(record_type)
  for n, bytes in pairs(length) do
    if diverge.equal(record_type, n) then
      return bytes
    end
  end
end

-- `file` is where the imports are listed, `meta` the root of that document. Returns both digests.
local function canonical(run, file, meta)
  local function refuse(text)
    run:refuse(file, text)
  end

  -- An address: true and false are 1 and 0.
  local function address_of(v, path)
    local kind = diverge.type(v)
    if kind == "boolean" then
      return v and 1 or 0
    elseif kind ~= "integer" and kind ~= "real" then
      refuse(path .. ": must be a number, and this is of type " .. kind)
    end
    return v
  end

  -- An array of objects; what holds nothing may be of another kind.
  local function each(v, path)
    local kind = diverge.type(v)
    if kind == "absent" or v == "" or kind == "object" and #v == 0 then
      return ipairs {}
    elseif kind ~= "array" then
      refuse(path .. ": must be an array, and this is of type " .. kind)
    end
    for i, item in ipairs(v) do
      if diverge.type(item) ~= "object" then
        refuse(("%s[%d]: must be an object, and this is of type %s"):format(path, i - 1,
          diverge.type(item)))
      end
    end
    return ipairs(v)
  end

  local ranges = {}
  for i, library in each(meta.import_libraries, "import_libraries") do
    local listed = ("import_libraries[%d].imports"):format(i - 1)
    for j, import in each(library.imports, listed) do
      local path = ("%s[%d]"):format(listed, j - 1)
      for _, name in ipairs { "address", "record_type" } do
        if import[name] == nil then
          refuse(path .. ": there is no \"" .. name .. '"')
        end
      end
      local bytes = length_of(import.record_type)
      if bytes then
        ranges[#ranges + 1] = { address_of(import.address, path .. ".address"), bytes }
      end
    end
  end

  local base = meta.image_base
  if base == nil then
    base = default_base
  elseif #ranges > 0 then -- nobody looks at it otherwise
    base = address_of(base, "image_base")
  else
    base = 0
  end
  local image = run:image("image.bin", { base = base, fill = 0xCD })
  for _, range in ipairs(ranges) do
    image:mask(range[1], range[2])
  end
  return image:sha256()
end

return { canonical = canonical }
