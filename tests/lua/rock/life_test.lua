-- Who keeps what alive: nothing is used after it is gone, whatever goes first.
local check = require "check"
local diverge = require "diverge"

local function compare()
  return assert(diverge.compare({ a = 1, b = { x = 1 } }, { a = 2, b = 0 }))
end

-- A divergence keeps its comparison.
local d = compare()[2]
collectgarbage()
collectgarbage()
check.equal(d.path, "b")
check.equal(d.left.x, 1)

-- An iterator does.
local names = {}
for found in compare():divergences() do
  collectgarbage()
  names[#names + 1] = found.path
end
check.equal(table.concat(names, " "), "a b")

-- Closed: all that is left says so.
local r = compare()
local first, value = r[1], r[2].left
local nextone = r:divergences()
check.equal(nextone().path, "a")
r:close()
r:close()
check.equal(tostring(r), "comparison (closed)")
for _, f in ipairs {
  function() return #r end,
  function() return r.verdict end,
  function() return r[1] end,
  function() return r:report "text" end,
  function() return r:divergences() end,
  function() return first.path end,
  function() return first:copy() end,
  function() return first:text "left" end,
  nextone,
} do
  check.raises("the comparison was closed", f)
end
check.equal(value.x, 1, "values are Lua's own")

-- A block's end closes, an error's too.
local inside
do
  local closed <close> = compare()
  inside = closed
end
check.raises("closed", function() return #inside end)
pcall(function()
  local closed <close> = compare()
  inside = closed
  error "x"
end)
check.raises("closed", function() return #inside end)

-- Nobody reaches a finalizer, or another object's.
check.equal(getmetatable(compare()), false)
check.equal(getmetatable(d), false)
check.raises("divergence expected", d.copy, compare())
check.raises("comparison expected", compare().close, d)
check.raises("comparison expected", compare().close, io.stdout)
check.raises("divergence expected", d.text, {}, "left")

-- Collected in any order, and while others run.
local heap = {}
for i = 1, 300 do
  local c = compare()
  heap[i % 7 + 1] = i % 2 == 0 and c or c[1]
  heap[i % 5 + 8] = c:divergences()
  if i % 10 == 0 then
    collectgarbage "step"
  end
end
check.equal(#heap >= 7, true)

-- A finalizer that looks at a comparison after the state has begun to end. It runs behind the last
-- line; what it says is looked for by the end of this file.
local atexit = compare()
local atexit_first = atexit[1]
setmetatable({}, { __gc = function()
  local ok, path = pcall(function() return atexit_first.path end)
  assert(ok and path == "a" or not ok and path:find "closed")
  local fine = pcall(compare)
  assert(fine)
end })
local older = setmetatable({}, { __gc = function(self)
  local ok, message = pcall(function() return #self.held end)
  assert(ok or tostring(message):find "closed")
end })
older.held = compare()

-- A failure half-way leaves nothing that a collection would stumble over.
for _ = 1, 50 do
  diverge.compare_json("{", "1")
  diverge.compare({ print }, 1)
  diverge.compare(1, 1, { profile = "none" })
  pcall(diverge.compare, 1, 2, { classify = function() error "x" end })
end
collectgarbage()

-- A table that changes while it is read: the collector runs finalizers in between.
local changing = {}
for i = 1, 3000 do
  changing["k" .. i] = { i }
end
local function trap()
  setmetatable({}, { __gc = function()
    for i = 1, 3000, 3 do
      changing["k" .. i] = nil
    end
  end })
end
trap()
local ok, message = pcall(diverge.compare, changing, 1)
check.equal(ok or message:find("a table changed while it was read", 1, true) ~= nil, true)

-- Threads of Lua that end with a comparison inside.
for _ = 1, 20 do
  local co = coroutine.wrap(function()
    local mine <close> = compare()
    coroutine.yield(mine[1])
  end)
  check.equal(co().path, "a")
end
collectgarbage()
local closing = coroutine.create(function()
  local mine <close> = compare()
  inside = mine
  coroutine.yield()
end)
coroutine.resume(closing)
coroutine.close(closing)
check.raises("closed", function() return #inside end)

check.done()
