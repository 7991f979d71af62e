-- What values of Lua become in a document, and values of a document in Lua.
local check = require "check"
local diverge = require "diverge"

-- The JSON of a value: as the right side of a divergence in a report that shows it whole.
local function same(value, json)
  local built = { v = value }
  check.write("left.json", '{"v":' .. json .. "}")
  local r = assert(diverge.compare(built, { v = "no such text" }))
  local text = assert(r:report "jsonl")
  check.has(text, '"left":' .. json:gsub(" ", ""))
end

same(diverge.null, "null")
same(true, "true")
same(false, "false")
same(0, "0")
same(math.mininteger, "-9223372036854775808")
same(1.0, "1.0")
same(-0.0, "-0.0")
same(0.1, "0.1")
same(1e300, "1e+300")
same("a\0\"\u{e4}", '"a\\u0000\\"\u{e4}"')
same({}, "{}")
same(diverge.array(), "[]")
same(diverge.array {}, "[]")
same(diverge.object(), "{}")
same({ 1, { 2 }, {} }, "[1, [2], {}]")
same(diverge.array { 1, 2 }, "[1, 2]")
-- Members in the order of their names' bytes, whatever order Lua has.
same({ b = 1, a = 2, B = 3, [""] = 4, ab = 5, ["\u{e4}"] = 6 }, '{"": 4, "B": 3, "a": 2, "ab": 5, "b": 1, "\u{e4}": 6}')
same(diverge.number "18446744073709551616", "18446744073709551616")
same(diverge.number "0.10", "0.10")

-- And back.
local text = '{"n":null,"t":true,"i":9223372036854775807,"b":9223372036854775808,"r":1.5,"w":1.0,"s":"x\\u0000y",'
  .. '"a":[],"o":{},"deep":[{"k":[1,[2]]}]}'
local r = assert(diverge.compare_json('{"v":' .. text .. "}", "{}"))
local whole = r[1]
local v = whole.left
check.equal(v.n, diverge.null)
check.equal(v.t, true)
check.equal(v.i, math.maxinteger)
check.equal(tostring(v.b), "9223372036854775808")
check.equal(v.b, diverge.number "9223372036854775808")
check.equal(v.b ~= diverge.number "9223372036854775809", true)
check.equal(v.r, 1.5)
check.equal(v.w, 1.0)
check.equal(v.s, "x\0y")
check.equal(v.deep[1].k[2][1], 2)
check.equal(#v.deep, 1)
check.equal(r[1].right, nil)
check.equal(r[1].right_type, "absent")
check.equal(whole.left, v, "a value is made once")
for name, kind in pairs { n = "null", t = "boolean", i = "integer", b = "integer", r = "real", s = "string", a = "array", o = "object" } do
  check.equal(diverge.type(v[name]), kind)
end
check.equal(diverge.type(diverge.number "1e5"), "real")
check.equal(diverge.type {}, "table")
check.equal(diverge.type(print), "function")
check.equal(diverge.type(nil), "absent")
check.equal(tostring(diverge.null), "null")
-- What came from a document goes back into one unchanged, empty arrays included.
check.equal(#assert(diverge.compare({ v = v }, { v = assert(diverge.compare_json('{"v":' .. text .. "}", "{}"))[1].left })), 0)

-- A repeated name: the last one is seen, and the divergence is about what the document said.
check.equal(assert(diverge.compare_json('{"v":{"a":1,"a":2}}', "{}"))[1].left.a, 2)

-- Exact where doubles are not.
check.equal(#assert(diverge.compare(9007199254740993, 9007199254740992)), 1)
check.equal(#assert(diverge.compare({ 1 }, { 1.0 })), 1)
check.equal(#assert(diverge.compare(diverge.number "0.1", diverge.number "0.1000000000000000001")), 1)
local d = assert(diverge.compare(diverge.number "0.10", diverge.number "0.1000000000000000001"))[1]
check.equal(d.left, d.right)
check.equal(d:text "left", "0.10")
check.equal(d:text "right", "0.1000000000000000001")
check.equal(#assert(diverge.compare(diverge.number "0.10", 0.1)), 0)
check.equal(assert(diverge.compare({}, 1))[1]:text "left", nil)

-- Numbers are what JSON says they are.
for _, bad in ipairs { "", "01", "1.", "0x10", "1 ", "NaN", "1,5", "1\0" } do
  check.raises("not a number of JSON", diverge.number, bad)
end
check.raises("string expected", diverge.number, 1)
check.raises("4300 digits", diverge.number, ("7"):rep(4301))

-- What is no value.
local function refuses(value, part, code)
  check.fails(code or "input", "left document: " .. part, diverge.compare({ a = { value } }, 1))
  check.fails(code or "input", "right document: " .. part, diverge.compare(1, { a = { value } }))
end
refuses(print, "a function, which is no value of JSON, at a[0]")
refuses(coroutine.create(print), "a thread")
refuses(io.stdout, "a userdata")
refuses({ 1, nil, 3 }, "an array with a hole")
refuses({ [2] = 1 }, "an array with a hole")
refuses({ 1, x = 2 }, "a table with both strings and indices as keys")
refuses({ [1.5] = 1 }, "a table with a key that is neither a string nor an index")
refuses({ [true] = 1 }, "a table with a key")
refuses({ [0] = 1 }, "a table with a key")
refuses(diverge.array { x = 1 }, "an array with strings as keys")
refuses(diverge.object { 1 }, "an object with indices as keys")
refuses("\xff", "a string or name that is not UTF-8, at a[0]")
refuses({ ["\xff"] = 1 }, "a string or name that is not UTF-8")
local cycle = {}
cycle.me = cycle
refuses(cycle, "more than 10000 levels", "limit")
check.raises("metatable of its own", diverge.array, setmetatable({}, {}))
check.equal(diverge.array(diverge.object()) ~= nil, true)
check.raises("value of JSON expected", diverge.compare, 1)

-- Deep, and wide.
local deep = 1
for _ = 1, 9999 do
  deep = { deep }
end
local back, levels = assert(diverge.compare({ deep }, { 1 }))[1].left, 0
while type(back) == "table" do
  back, levels = back[1], levels + 1
end
check.equal(levels, 9999)
local wide = {}
for i = 1, 20000 do
  wide["name " .. i] = { i }
end
local other = assert(diverge.compare({ wide }, { 1 }))[1].left
check.equal(#assert(diverge.compare(wide, other)), 0)
other["name 777"][1] = 778
local found = assert(diverge.compare(wide, other))
check.equal(#found, 1)
check.equal(found[1].path, "name 777[0]")

-- Fields and metamethods of a table do not count, only what it holds.
check.equal(#assert(diverge.compare(setmetatable({ 1 }, { __index = { 2, 3 }, __len = function() return 9 end }), { 1 })), 0)

check.done()
