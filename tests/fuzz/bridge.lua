-- bridge: what fuzz_bridge.c runs over two documents. Values are looked at in every way that a
-- script can, and each way must agree with the others; what does not is an error.

local kept = {} -- of the run before: a view, a copy, a divergence
local looked = 0

local function check(truth, what)
  if not truth then
    error("bridge: " .. what, 2)
  end
end

local styles = { { indent = 2, sort = true }, { ascii = true, python = true }, { compact = true, sort = true },
  { indent = 0, level = 3 } }
local prepared = diverge.style { sort = true, ascii = true }

-- What can be done with any value.
local function look_at_any(v)
  check(diverge.json(v, prepared) == diverge.json(v, prepared), "json differs from itself")
  for i = 1, #styles do
    check(#diverge.json(v, styles[i]) > 0, "json is empty")
  end
  check(#diverge.repr(v) > 0 and type(diverge.str(v)) == "string", "repr is empty")
  check(type(diverge.text(v)) == "string" and type(tostring(v)) == "string", "no text")
  check(v ~= v or diverge.equal(v, v), "unequal to itself")
  check(not pcall(diverge.at, v, "a[b"), "a wrong path was taken")
end

local function look_at_bigint(b)
  local digits, hex, number = tostring(b), b:hex(), b:u64()
  check(digits:find "^%-?%d+$" and hex:find "^%-?0x%x+$", "no digits")
  check(b == b and b <= b and (b < b) == false, "no order")
  check((b < 0) == (digits:sub(1, 1) == "-"), "a wrong sign")
  check((b < 0.5) == (b < 0) and (b < math.huge) and (b < 0 / 0) == false, "a wrong order")
  check(b ~= 0 and diverge.json(b) == digits and diverge.str(b) == digits, "other digits")
  if number then
    check(string.format("0x%x", number) == hex and math.ult(math.maxinteger, number), "another number")
  end
  check(diverge.type(b) == "integer" and not pcall(function() return b + 1 end), "reckoned")
end

-- Is one below the other, by their digits alone?
local function below(a, b)
  local x, y = tostring(a), tostring(b)
  local negative = x:sub(1, 1) == "-"
  if negative ~= (y:sub(1, 1) == "-") then
    return negative
  elseif #x ~= #y then
    return (#x < #y) ~= negative
  end
  return x ~= y and (x < y) ~= negative
end

local function look_at_two(a, b)
  check((a < b) == below(a, b) and (b < a) == below(b, a) and (a <= b) == not below(b, a), "order of two")
  check((a == b) == (tostring(a) == tostring(b)) and diverge.equal(a, b) == (a == b), "equality of two")
end

local function look_at_array(v)
  local n, count, all = #v, 0, {}
  for i, x in ipairs(v) do
    count = count + 1
    all[i] = diverge.json(x)
    check(i == count and rawequal(x, v[i]) or diverge.json(x) == diverge.json(v[i]), "ipairs")
  end
  check(count == n, "ipairs ends early")
  for i, x in pairs(v) do
    count = count - 1
    check(diverge.json(diverge.at(v, "[" .. i - 1 .. "]")) == diverge.json(x), "at")
  end
  check(count == 0, "pairs ends early")
  for i = n, math.max(1, n - 40), -1 do
    check(diverge.json(v[i]) == all[i], "backwards")
  end
  check(v[0] == nil and v[n + 1] == nil and v.x == nil and v[1.5] == nil and v[-1] == nil, "beyond the end")
  check(#diverge.totable(v) == n, "another length")
end

local function look_at_object(v)
  local count, names = 0, {}
  for name, x in pairs(v) do
    count = count + 1
    check(type(name) == "string" and x ~= nil and v[name] ~= nil, "pairs")
    names[name] = true
    if not name:find '"' then
      check(diverge.json(diverge.at(v, '["' .. name .. '"]')) == diverge.json(v[name]), "at")
    end
  end
  check(count == #v and v[1] == nil, "another count")
  local copy = diverge.totable(v)
  for name in pairs(copy) do
    check(names[name], "a name appeared")
  end
  check(count == 0 or next(copy) ~= nil, "an empty copy")
end

local function look(v)
  local kind = diverge.type(v)
  local userdata = type(v) == "userdata"
  looked = looked + 1
  look_at_any(v)
  if kind == "array" then
    look_at_array(v)
  elseif kind == "object" then
    look_at_object(v)
  elseif kind == "integer" and userdata then
    look_at_bigint(v)
  elseif kind == "string" then
    check(utf8.len(diverge.utf8(v)) ~= nil, "no UTF-8")
  elseif kind == "null" then
    check(v == diverge.null and tostring(v) == "null", "another null")
  end
  if kind == "array" or kind == "object" then
    check(v == v and tostring(v) == kind and diverge.totable(v) ~= v, "no view")
    check(not pcall(function() v.x = 1 end) and not pcall(function() v[1] = 1 end), "changed")
    check(getmetatable(v) == false and not pcall(setmetatable, v, {}), "the metatable is open")
  end
end

-- Every value below one, without recursion; few, since each is looked at with all it holds.
local function walk(root)
  local open = { root }
  while #open > 0 and looked < 40 do
    local v = table.remove(open)
    look(v)
    if diverge.type(v) == "array" or diverge.type(v) == "object" then
      for _, x in pairs(v) do
        open[#open + 1] = x
      end
    end
  end
end

local fields = { "file", "path", "pointer", "kind", "left", "right", "left_type", "right_type", "key", "index",
  "depth", "side", "rule", "severity", "class", "note", "suppressed_by" }

local function look_at_divergence(d)
  local copy = d:copy()
  for _, name in ipairs(fields) do
    local a, b = d[name], copy[name]
    check(type(a) == type(b) and (a == nil or diverge.json(a) == diverge.json(b)), "another " .. name)
  end
  if d.left_type == "integer" and d.right_type == "integer" and type(d.left) == "userdata"
    and type(d.right) == "userdata" then
    look_at_two(d.left, d.right)
  end
  for _, side in ipairs { "left", "right" } do
    check(d[side .. "_type"] == diverge.type(d[side]), "another type")
    check((d:text(side) == nil) == (d[side] == nil) and #d:repr(side) > 0, "no text")
    check(d:text(side) == copy:text(side) and d:repr(side) == copy:repr(side), "another text")
  end
  check(not pcall(function() return d.nothing end) and not pcall(function() d.path = "" end), "changed")
  check(not pcall(d.text, d, "middle") and not pcall(d.text, {}, "left"), "a wrong call was taken")
  return copy
end

-- What an earlier run gave is refused, whatever is asked of it.
local function look_at_kept()
  local v, d = kept.view, kept.copy
  if kept.turn == diverge.option "turn" then
    return
  end
  if v ~= nil then
    check(not pcall(function() return #v end) and not pcall(function() return v[1] end), "a stale view")
    check(not pcall(pairs, v) and not pcall(tostring, v) and not pcall(diverge.json, v), "a stale view")
    check(not pcall(kept.step) and not pcall(diverge.totable, v) and not pcall(diverge.at, v, "a"), "a stale view")
  end
  if d ~= nil then
    check(not pcall(function() return d.path end) and not pcall(function() return d:copy() end), "a stale copy")
  end
  kept = {}
end

local function keep(d, copy)
  local v = type(d.left) == "userdata" and d.left or d.right
  kept.turn, kept.copy, kept.d = diverge.option "turn", copy, d
  if diverge.type(v) == "array" or diverge.type(v) == "object" then
    kept.view, kept.step = v, pairs(v)
  end
end

local function classify(d)
  look_at_kept()
  local copy = look_at_divergence(d)
  local resumed = coroutine.wrap(function() walk(d.left) coroutine.yield(true) walk(d.right) return false end)
  check(resumed() == true and resumed() == false, "a coroutine")
  if kept.copy then
    check(kept.d == d and #kept.copy:repr "left" > 0, "d is another")
  end
  keep(d, copy)
  if d.depth % 3 == 2 then
    return false, "info", d.path
  end
  return d.side and "one" or "two", d.index and "warning" or nil, #d.pointer < 100 and d.pointer or nil
end

local row

local report = { api = 1, name = "bridge", title = "The bridge", documents = { "a.json" },
  reading = { nonfinite = true, depth = 60 }, keyed = { ["a.json"] = { k = "id" } },
  classes = { { name = "one" }, { name = "two", severity = "info" } }, classify = classify,
  options = { turn = { type = "text", help = "which run it is" } }, extension = "txt", limit = 30, order = "class" }

function report.begin(out, run)
  looked = 0
  row = diverge.row({ "path", { "a", "left" }, { "b", "right" }, "kind", "class", "note", "index" }, styles[2])
  out:write(run.title, " ", run.count, "\n"):json(run.ledger, styles[1]):json(run.counts)
end

function report.section(out, class)
  out:write("\n", class.name, " ", class.count, "\n")
end

function report.divergence(out, d)
  look_at_divergence(d)
  walk(d.left)
  out:row(d, row):write "\n":json(d.left, styles[1]):json(d.right, prepared):repr(d.left):str(d.right)
  out:json({ a = d.left, b = d.right, deep = { d.path, { d.kind } } }):write(d.path, 1, 2.5, "\n")
  out:json(diverge.totable(d.right) or diverge.null, styles[3])
end

function report.omitted(out, class, n)
  out:write(class.name, " ", n, "\n")
end

function report.suppressed(out, d)
  out:write(d.suppressed_by ~= nil and "" or "nobody", d.note, "\n")
end

function report.finish(out, run)
  check(not pcall(out.write, {}, "x") and not pcall(out.write, out, {}), "a wrong call was taken")
  out:json(run.files):json(run.gates, styles[4])
end

return report
