-- Values of documents as scripts see them: views, null, big integers; and what is the same in
-- every run: the order of pairs and next, random numbers, text without addresses.

local function keys_of(v)
  local keys = {}
  for key in pairs(v) do
    keys[#keys + 1] = key
  end
  return keys
end

local M = {}

-- Views ------------------------------------------------------------------------------------------

function M.scalars(t)
  local v = t:json '{"n": null, "t": true, "f": false, "i": -0, "r": 1E2, "s": "a\\u0000b", "d": "\\ud800"}'
  t:check(v.n == diverge.null and v.n ~= nil)
  t:check(v.t == true and v.f == false)
  t:check(math.type(v.i) == "integer" and v.i == 0)
  t:check(math.type(v.r) == "float" and v.r == 100.0)
  t:equal(#v.s, 3)
  t:equal(v.d, "\xED\xA0\x80")
  t:equal(v.absent, nil)
  t:equal(t:json "-9223372036854775808", math.mininteger)
  t:equal(t:json "9223372036854775807", math.maxinteger)
  t:equal(tostring(t:json "9223372036854775808"), "9223372036854775808")
  t:check(t:json "1e400" == math.huge)
end

function M.arrays(t)
  local v = t:json "[10, null, [30], {}]"
  t:equal(#v, 4)
  t:check(v[1] == 10 and v[2] == diverge.null and v[3][1] == 30)
  t:check(v[0] == nil and v[5] == nil and v[-1] == nil and v[1.5] == nil and v["1"] == nil and v.x == nil)
  t:check(v[1.0] == 10)
  local seen = {}
  for i, item in ipairs(v) do
    seen[i] = diverge.type(item)
  end
  t:equal(seen, { "integer", "null", "array", "object" })
  t:equal(keys_of(v), { 1, 2, 3, 4 })
  t:equal(keys_of(t:json "[]"), {})
end

-- Any order of looking gives the same elements, whatever the way they are found.
function M.long_arrays(t)
  local items = {}
  for i = 1, 500 do
    items[i] = i
  end
  local v = t:json(diverge.json(items))
  local sum = 0
  for i = 1, 500 do sum = sum + v[i] end
  for i = 500, 1, -1 do sum = sum - v[i] end
  for i = 1, 500 do
    local n = i * 167 % 500 + 1
    t:check(v[n] == n)
  end
  t:equal(sum, 0)
end

function M.objects(t)
  local v = t:json '{"z": 1, "a": 2, "get": 3, "1": 4, "": 5, "a\\u0000b": 6, "pairs": 7, "__index": 8}'
  t:equal(#v, 8)
  t:equal(keys_of(v), { "z", "a", "get", "1", "", "a\0b", "pairs", "__index" })
  t:check(v.get == 3 and v["1"] == 4 and v[1] == nil and v[""] == 5 and v["a\0b"] == 6)
  t:check(v.pairs == 7 and v.__index == 8 and v.a == 2 and v["a\0"] == nil)
  t:check(v[true] == nil and v[1.5] == nil)
  t:equal(#t:json "{}", 0)
  local n = 0
  for _ in ipairs(v) do n = n + 1 end
  t:equal(n, 0)
end

-- A repeated name: the last value is the member, pairs shows them all.
function M.duplicates(t)
  local v = t:json '{"a": 1, "b": 2, "a": [3]}'
  t:equal(#v, 3)
  t:equal(keys_of(v), { "a", "b", "a" })
  t:equal(v.a[1], 3)
  t:equal(diverge.at(v, "a[0]"), 3)
  t:equal(diverge.totable(v), { a = { 3 }, b = 2 })
  t:equal(diverge.json(v), '{"a": 1, "b": 2, "a": [3]}')
end

function M.read_only(t)
  local v = t:json '{"a": [1]}'
  t:fails(function() v.a = 1 end, "cannot be changed")
  t:fails(function() v.a[1] = 2 end, "cannot be changed")
  t:fails(function() rawset(v, "a", 1) end, "table expected")
  t:fails(function() setmetatable(v, {}) end, "table expected")
  t:fails(function() next(v) end, "pairs")
  t:fails(function() return v() end, "attempt to call")
  t:fails(function() return v + 1 end, "arithmetic")
  t:fails(function() return v < v end, "compare")
  t:equal(getmetatable(v), false)
  t:check(v.a == v.a and v ~= v.a and v.a ~= t:json "[1]")
  t:check(diverge.equal(v.a, t:json "[1]"))
  t:equal(tostring(v), "object")
  t:equal(tostring(v.a), "array")
  t:equal(tostring(diverge.null), "null")
end

-- Functions on values ----------------------------------------------------------------------------

function M.type(t)
  local v = t:json '[null, true, 1, 1.0, 12345678901234567890, "", [], {}]'
  local types = {}
  for i = 1, 8 do types[i] = diverge.type(v[i]) end
  t:equal(types, { "null", "boolean", "integer", "real", "integer", "string", "array", "object" })
  t:equal(diverge.type(nil), "absent")
  t:equal(diverge.type({}), "table")
  t:equal(diverge.type(tostring), "function")
end

function M.at(t)
  local v = t:json [[{"a": {"b": [0, {"c": 1}]}, "odd.name": [7], "": 2, "x\u0000": 3, "q\"]": 4,
    "heaps": [{"base": "0x1", "n": 1}, {"base": 16, "n": 2}, 3, {"base": null, "n": 4}]}]]
  t:equal(diverge.at(v, "a.b[1].c"), 1)
  t:equal(diverge.at(v, 'a["b"][0]'), 0)
  t:equal(diverge.at(v, '["odd.name"][0]'), 7)
  t:equal(diverge.at(v, "odd.name[0]"), nil)
  t:check(diverge.at(v, "") == v)
  t:equal(diverge.at(v, '[""]'), 2)
  t:equal(diverge.at(v, "x\0"), 3)
  t:equal(diverge.at(v, '["q"]"]'), 4)
  t:equal(diverge.at(v, "a.b[2]"), nil)
  t:equal(diverge.at(v, "a.b.c.d[3].e"), nil)
  t:equal(diverge.at(v, "a[0]"), nil)
  t:equal(diverge.at(v.a, "b[1].c"), 1)
  t:equal(diverge.at(t:json "[[5]]", "[0][0]"), 5)
  -- An element by its key, spelled as a divergence's path spells it.
  t:equal(diverge.at(v, "heaps[base=0x1].n"), 1)
  t:equal(diverge.at(v, "heaps[base=16].n"), 2)
  t:equal(diverge.at(v, "heaps[base=None].n"), 4)
  t:equal(diverge.at(v, "heaps[base=0x2].n"), nil)
  t:equal(diverge.at(v, "a[base=0x2].n"), nil)
  -- What is no container has no parts; what is no value is a mistake.
  t:equal(diverge.at(nil, "a.b"), nil)
  t:equal(diverge.at(diverge.null, "a.b"), nil)
  t:equal(diverge.at(3, "a"), nil)
  t:fails(function() diverge.at({ a = 1 }, "a") end, "not a table")
  t:fails(function() diverge.at(tostring, "a") end, "not a function")
  for _, path in ipairs { "a[", "a[x]", "a[1", 'a["b"', "a[1]b", "a[-1]" } do
    t:fails(function() diverge.at(v, path) end, "is no path", path)
  end
end

function M.totable(t)
  local v = t:json '{"a": [1, null, {"b": 2.5}], "c": 12345678901234567890}'
  local copy = diverge.totable(v)
  t:check(type(copy) == "table" and type(copy.a) == "table" and copy.a[2] == diverge.null)
  copy.a[3].b = "changed"
  t:equal(v.a[3].b, 2.5)
  t:equal(tostring(copy.c), "12345678901234567890")
  t:equal(diverge.totable(3), 3)
  t:equal(diverge.totable(nil), nil)
  t:check(diverge.totable(diverge.null) == diverge.null)
end

-- Documents deeper than any stack.
local function nested(t, n)
  return t:json(("["):rep(n) .. ("]"):rep(n))
end

function M.depth(t)
  local v = nested(t, 100000)
  local copy, depth = diverge.totable(v), 0
  while copy[1] do copy, depth = copy[1], depth + 1 end
  t:equal(depth, 99999)
  t:equal(#diverge.json(v), 200000)
end

function M.depth_of_equality(t)
  local v = nested(t, 100000)
  t:check(diverge.equal(v, nested(t, 100000)) and not diverge.equal(v, nested(t, 99999)))
end

function M.depth_of_tables(t)
  t:fails(function() diverge.totable(nested(t, 600000)) end, "a value is too deep for tables")
  t:fails(function() diverge.json(diverge.totable(nested(t, 1000))) end, "a table is too deep for JSON")
  local loop = {}
  loop[1] = loop
  t:fails(function() diverge.json(loop) end, "holds itself")
end

function M.json(t)
  t:equal(diverge.json { 1, "a\0\u{e9}", { b = diverge.null, a = 1.0 } }, '[1, "a\\u0000é", {"a": 1.0, "b": null}]')
  t:equal(diverge.json(nil), "null")
  t:equal(diverge.json(1e16), "1e+16")
  t:equal(diverge.json({}), "[]")
  t:equal(diverge.json({ { 1 } }, { compact = true }), "[[1]]")
  t:equal(diverge.json({ a = { 1 } }, { indent = 1 }), '{\n "a": [\n  1\n ]\n}')
  t:equal(diverge.json("é", { ascii = true }), '"\\u00e9"')
  t:equal(diverge.json(t:json '{"b":1,"a":2}', { sort = true }), '{"a": 2, "b": 1}')
  t:equal(diverge.json(1 / 0), "null")
  t:fails(function() diverge.json(tostring) end, "a function cannot be written as JSON")
  t:fails(function() diverge.json { [1] = 1, [3] = 3 } end, "without gaps")
  t:fails(function() diverge.json({}, { indnt = 1 }) end, "no field 'indnt'")
  t:fails(function() diverge.json({}, { indent = "1" }) end, "integer from 0 to 1000")
  t:equal(diverge.text("as it is"), "as it is")
  t:equal(diverge.text { 1, 2 }, "[1,2]")
end

-- Big integers -----------------------------------------------------------------------------------

function M.bigint(t)
  local a, b = t:json "18446744073709551615", t:json "18446744073709551614"
  local minus = t:json "-18446744073709551616"
  t:check(a ~= b and b < a and b <= a and a <= a and minus < b)
  local less = a < a
  t:check(not less)
  t:check(a == t:json "18446744073709551615")
  t:check(a > 1e19 and a < 1 / 0 and minus < 0 and a > math.maxinteger and minus < math.mininteger)
  local below, above = a < 0 / 0, a > 0 / 0
  t:check(not below and not above)
  t:equal(tostring(a), "18446744073709551615")
  t:equal("id " .. a .. "!", "id 18446744073709551615!")
  t:equal(a:hex(), "0xffffffffffffffff")
  t:equal(minus:hex(), "-0x10000000000000000")
  t:equal(a:u64(), -1)
  t:equal(string.format("%x", a:u64()), "ffffffffffffffff")
  t:equal(minus:u64(), nil)
  t:equal(t:json "18446744073709551616":u64(), nil)
  t:check(diverge.equal(minus, -2.0 ^ 64) and not diverge.equal(a, 2.0 ^ 64))
  t:equal(diverge.json { a }, "[18446744073709551615]")
  t:equal(diverge.repr(a), "18446744073709551615")
  local digits = ("9"):rep(4300)
  t:equal(tostring(t:json(digits)), digits)
  t:check(#t:json(digits):hex() > 3500)
end

function M.bigint_errors(t)
  local a = t:json "18446744073709551615"
  for _, f in ipairs { function() return a + 1 end, function() return 1 - a end, function() return a * a end,
    function() return a // 2 end, function() return -a end, function() return a % 2 end, function() return a / 2 end,
    function() return a ^ 2 end } do
    t:fails(f, "a big integer has no arithmetic")
  end
  t:fails(function() return a & 1 end, "a big integer has no arithmetic")
  t:fails(function() return a < "1" end, "compare a big integer with a string")
  t:fails(function() return a:hexx() end, "hexx")
  t:fails(function() return a.hex(1) end, "not a big integer")
  t:fails(function() return #a end, "length")
  t:fails(function() a.x = 1 end, "index a bigint")
  t:equal(getmetatable(a), false)
end

-- Order ------------------------------------------------------------------------------------------

function M.order(t)
  local keys = { 3, 1, 2, -1, 0.5, 1e300, "b", "a", "", "a\0", "B", "\xFF", true, false }
  local mixed = {}
  for i = 1, #keys do mixed[keys[i]] = i end
  local expected = { -1, 0.5, 1, 2, 3, 1e300, "", "B", "a", "a\0", "b", "\xFF", false, true }
  t:equal(keys_of(mixed), expected)
  local seen, key = {}, nil
  repeat
    key = next(mixed, key)
    if key ~= nil then seen[#seen + 1] = key end
  until key == nil
  t:equal(seen, expected)
  for _, odd in ipairs { {}, tostring, coroutine.create(tostring), t, t:json "[]", diverge.null } do
    t:fails(function() pairs { [odd] = 1 } end, "has no fixed order")
    t:fails(function() next { [odd] = 1 } end, "has no fixed order")
  end
end

function M.order_while_changing(t)
  local list, seen = { a = 1, b = 2, c = 3 }, {}
  for key in pairs(list) do
    seen[#seen + 1] = key
    list.b = nil
    list.d = 4 -- came too late
  end
  t:equal(seen, { "a", "c" })
  local own = setmetatable({}, { __pairs = function() return function(_, k) if not k then return 1, 2 end end end })
  t:equal(keys_of(own), { 1 })
end

function M.sort_is_stable(t)
  local list = {}
  for i = 1, 200 do list[i] = { key = i % 7, at = i } end
  table.sort(list, function(a, b) return a.key < b.key end)
  for i = 2, 200 do
    t:check(list[i - 1].key < list[i].key or list[i - 1].at < list[i].at)
  end
  table.sort(list, function() return true end) -- no order at all: any end, but an end
  t:equal(#list, 200)
end

function M.random(t)
  local first = { math.random(1000000), math.random(1000000), math.random() }
  math.randomseed()
  t:equal({ math.random(1000000), math.random(1000000), math.random() }, first)
  math.randomseed(42)
  local other = math.random(1000000)
  math.randomseed(42)
  t:equal(math.random(1000000), other)
end

function M.text_has_no_addresses(t)
  local values = { {}, tostring, coroutine.create(tostring), t, t:json "[]", setmetatable({}, {}), diverge.style {},
    diverge.row { "file" } }
  for i = 1, #values do
    t:check(not tostring(values[i]):find "0x", tostring(values[i]))
    t:check(not string.format("%s|%20s", values[i], values[i]):find "0x")
  end
  t:fails(function() string.format("%p", {}) end, "addresses differ")
end

return M
