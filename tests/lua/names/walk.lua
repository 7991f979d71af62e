-- Writes every name that a script can reach: globals and their members, and what the callbacks are
-- given. Without a sandbox it also looks behind userdata, which hide their names from scripts.
local function members(t)
   local keys = {}
   for key in next, t do keys[#keys + 1] = key end
   table.sort(keys, function(a, b) return tostring(a) < tostring(b) end)
   return keys
end

local walk

local function walk_members(lines, path, t, seen)
   for _, key in ipairs(members(t)) do
      -- Lists hold the same kind of thing throughout.
      if key == 1 then
         walk(lines, path .. "[1]", t[key], seen)
      elseif type(key) == "string" then
         walk(lines, path == "" and key or path .. "." .. key, t[key], seen)
      end
   end
end

-- The names behind a userdata: what its metatable holds, and what its __index knows.
local function walk_behind(lines, path, value, seen)
   local meta = debug.getmetatable(value)
   for _, key in ipairs(meta and members(meta) or {}) do
      lines[#lines + 1] = path .. " has " .. key
   end
   local index = meta and meta.__index
   local first = type(index) == "table" and debug.getmetatable(index)
   if first then
      -- A table in front of the function holds some of what the function knows.
      local _, fields = debug.getupvalue(first.__index, 1)
      for key in pairs(index) do assert(fields[key], path .. " has a hidden " .. tostring(key)) end
      walk_members(lines, path, fields, seen)
   elseif type(index) == "table" then
      walk_members(lines, path, index, seen)
   elseif type(index) == "function" then
      -- The first table that it holds, if any: the others are caches.
      local _, fields = debug.getupvalue(index, 1)
      if type(fields) == "table" then walk_members(lines, path, fields, seen) end
   end
end

function walk(lines, path, value, seen)
   local kind = type(value)
   local known = kind == "table" and seen[value]
   lines[#lines + 1] = path .. ": " .. (known and "is " .. known or kind)
   if kind == "userdata" then
      lines[#lines] = path .. ": " .. tostring(value):gsub(" %(.*", "")
      assert(not getmetatable(value) or path:match "^io%.", path .. " shows its metatable")
      if rawget(_ENV, "debug") then walk_behind(lines, path, value, seen) end
   elseif kind == "table" and not known and path ~= "package.loaded" then
      seen[value] = path == "" and "the globals" or path
      walk_members(lines, path, value, seen)
   end
end

local function names(path, value)
   local lines = {}
   walk(lines, path, value, {})
   return table.concat(lines, "\n") .. "\n"
end

return {
   api = 1, name = "walk", documents = { "d.json" },
   classes = { { name = "all", title = "All" } },
   options = { level = { type = "number" } },
   gates = function(run)
      local v = run.left:document "d.json"
      run:gate("run of gates", names("run", run), nil, true)
      run:gate("a document", names("v", v) .. names("v.big", v.big) .. names("image", run:image("d.json", {})), nil, true)
   end,
   classify = function(d) return nil, nil, names("d", d) .. names("copy", d:copy()) end,
   begin = function(out, run)
      assert(getmetatable("") == false and getmetatable(_ENV) == false)
      out:write("--- globals\n", names("", _ENV), "--- begin, finish\n", names("out", out), names("run", run))
      out:write(names("row", diverge.row { "path" }), names("style", diverge.style {}))
   end,
   gate = function(out, row) out:write("--- ", row.name, "\n", row.left, names("row", row)) end,
   file = function(out, f) out:write("--- file\n", names("f", f)) end,
   section = function(out, class) out:write("--- section\n", names("class", class)) end,
   limit = 1,
   shape = function(out, s) out:write("--- shape\n", names("s", s)) end,
   divergence = function(out, d) out:write("--- classify\n", d.note, "--- divergence\n", names("d", d)) end,
   omitted = function(out, class, n) out:write("--- omitted\n", names("class", class), names("n", n)) end,
}
