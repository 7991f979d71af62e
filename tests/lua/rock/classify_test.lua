-- A closure as the classifier: what it is asked, what it may answer, and that nothing it does
-- breaks a run.
local check = require "check"
local diverge = require "diverge"

local left, right = { a = 1, b = { 1, 2 }, c = "x" }, { a = 2, b = { 1, 3 }, c = "y" }

local function classed(classify)
  return diverge.compare(left, right, { classify = classify })
end

-- Asked once for each, in the order of the walk, with all that is known.
local asked = {}
local r = assert(classed(function(d)
  asked[#asked + 1] = ("%s=%s|%s|%s|%s"):format(d.path, d.left, d.right, d.kind, d.class)
  if d.path == "a" then
    return "type", "warning", "note of " .. d.path
  elseif d.path == "b[1]" then
    return false, nil, "known"
  end
end))
check.equal(table.concat(asked, " "), "a=1|2|value|nil b[1]=2|3|value|nil c=x|y|value|nil")
check.equal(#r, 2)
check.equal(r.suppressed, 1)
check.equal(r[1].class, "type")
check.equal(r[1].severity, "warning")
check.equal(r[1].note, "note of a")
check.equal(r[2].class, "value", "nil leaves it to the profile")
local all = {}
for d in r:divergences "all" do
  all[#all + 1] = d.path
end
check.equal(table.concat(all, " "), "a c b[1]")
for d in r:divergences "suppressed" do
  check.equal(d.path, "b[1]")
  check.equal(d.suppressed_by, "the host")
end
for _ in r:divergences "ignored" do
  error "there is none"
end
check.raises("invalid option", r.divergences, r, "others")
check.has(r:report("text", { suppressed = true }), "b[1]")

-- Suppressed is not the same, and says so.
local q = assert(classed(function() return false end))
check.equal(q.verdict, "same")
check.equal(#q, 0)
check.equal(q.suppressed, 3)

-- With a profile of one's own, the classes are one's own.
local own = assert(diverge.compare(left, right, { profile = { classes = { { name = "bug" }, { name = "noise" } } }, classify = function(d)
  return d.path == "c" and "noise" or nil
end }))
check.equal(own[1].class, "bug")
check.equal(own[3].class, "noise")

-- Answers that are none.
check.fails("argument", '"typo"', classed(function() return "typo" end))
check.fails("argument", "fatal", classed(function() return "value", "fatal" end))
check.raises("the class is a table; a string is expected", classed, function() return {} end)
check.raises("the class is a boolean", classed, function() return true end)
check.raises("the severity is a number", classed, function() return "value", 1 end)
check.raises("the note is a function", classed, function() return "value", nil, print end)
check.fails("argument", "", classed(function() return "value", nil, ("x"):rep(5000) end))

-- What it raises comes out unchanged, and the next run is none the worse.
local mine = { code = 7 }
local ok, raised = pcall(classed, function() error(mine) end)
check.equal(ok, false)
check.equal(raised, mine)
ok, raised = pcall(classed, function(d) if d.path == "c" then error() end end)
check.equal(ok, false)
check.equal(raised, nil)
check.raises("classify_test.lua", classed, function() error "with a place" end)
check.raises("stack overflow", classed, function() local function f() return f() + 1 end return f() end)
check.equal(#assert(classed(function() end)), 3)

-- No yield across a run; not a way to break it, either.
check.raises("yield", classed, function() coroutine.yield() end)
local co = coroutine.create(function()
  return classed(function() coroutine.yield(1) end)
end)
local resumed, message = coroutine.resume(co)
check.equal(resumed, false)
check.has(message, "yield across a C-call boundary")
check.equal(coroutine.status(co), "dead")

-- Runs in coroutines, that yield between divergences, side by side.
local function walk(tag)
  return coroutine.wrap(function()
    local c = assert(diverge.compare(left, right, { classify = function(d)
      -- A coroutine inside of the closure may yield to it.
      local inner = coroutine.wrap(function() coroutine.yield "value" end)
      return inner(), nil, tag .. d.path
    end }))
    for d in c:divergences() do
      coroutine.yield(d.note)
    end
  end)
end
local one, two = walk "1", walk "2"
check.equal(one() .. two() .. two() .. one() .. one() .. two(), "1a2a2b[1]1b[1]1c2c")

-- A run inside of a run.
local depth = 0
local nested = assert(classed(function(d)
  depth = depth + 1
  local inner = assert(diverge.compare({ d.left }, { d.right }, { classify = function() return "structural" end }))
  check.equal(inner[1].left, d.left)
  return inner[1].class
end))
check.equal(depth, 3)
check.equal(nested[3].class, "structural")

-- A divergence that is kept is none any more; a copy is.
local kept, copy
assert(classed(function(d)
  if d.path == "b[1]" then
    kept, copy = d, d:copy()
  end
end))
check.raises("outside of the call", function() return kept.path end)
check.raises("outside of the call", function() return kept:copy() end)
check.raises("outside of the call", function() return kept:text "left" end)
check.raises("outside of the call", tostring, kept)
check.equal(copy.path, "b[1]")
check.equal(copy.left, 2)
check.equal(copy.pointer, "/b/1")
pcall(classed, function(d) kept = d error "x" end)
check.raises("outside of the call", function() return kept.path end)

-- Values belong to the divergence at hand, not to the one before.
local values = {}
assert(diverge.compare({ { x = 1 }, { x = 2 } }, { 0, 0 }, { classify = function(d)
  values[#values + 1] = d.left
  check.equal(d.left, values[#values])
end }))
check.equal(values[1].x, 1)
check.equal(values[2].x, 2)

-- Many answers, with the collector at work all the time.
local many, other = {}, {}
for i = 1, 2000 do
  many[i], other[i] = i, -i
end
collectgarbage("generational")
local big = assert(diverge.compare(many, other, { classify = function(d)
  if d.left % 50 == 0 then
    collectgarbage()
  end
  return "value", "info", "note " .. d.left
end }))
collectgarbage("incremental")
check.equal(#big, 2000)
for i = 1, 2000, 111 do
  check.equal(big[i].note, "note " .. i)
end

check.done()
