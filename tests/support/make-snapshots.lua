-- Writes a pair of snapshots as an emulator might leave them just before its first guest
-- instruction: DIR/canary, DIR/ours and DIR/xex.json. Run with plain lua5.4, see USAGE.
-- The same options give the same bytes on every machine: the generator of random numbers is its
-- own, and nothing is ever walked in hash order.
--
-- A tree here is: a string (the JSON text of a scalar, or of anything that is to stand as
-- written), { o = true, key, value, key, value, ... } with keys as JSON texts, or
-- { a = true, value, ... }; `keyed` names the member by which an array's elements are matched,
-- `plain` says that this member is a text in all of them.

local USAGE = [[
usage: lua5.4 make-snapshots.lua [OPTION]... DIR
  --seed N       which pair (default 1)
  --size BYTES   about that much kernel.json on each side (default: 30 KB for a whole snapshot)
  --mutate RATE  share of leaf values that differ, 0.01 is one in a hundred; shuffles keyed arrays
  --odd RATE     share of places with odd values, keys, skip lists and elements
  --faults RATE  how likely are missing, malformed and lying files
  --identical    both sides with the same bytes
  --image BYTES  with image.bin on both sides
  --indent N     0 writes compact documents (default 2)
  --no-manifest  without manifest.json
  --settle NAME  this document has the same bytes on both sides (repeatable)
  --showcase     the divergences of every class that a reader wants to see once
  --batch N      N pairs, DIR/1 to DIR/N, with seeds from --seed on
  --vary         each pair of a batch picks its own size, rates, image and indent
]]

local here = (arg[0] or ""):match("^(.*/)") or "./"
local sha256 = dofile(here .. "sha256.lua")

-- ------------------------------------------------------------------ random numbers

local state = 1

local function word()
  state = state ~ (state << 13)
  state = state ~ (state >> 7)
  state = state ~ (state << 17)
  return state * 0x2545F4914F6CDD1D
end

local function reseed(seed)
  state = (seed * 0x9E3779B97F4A7C15) ~ 0x6A09E667F3BCC909
  if state == 0 then state = 1 end
  for _ = 1, 8 do word() end
end

local function below(n) return (word() >> 11) % n end
local function between(low, high) return low + below(high - low + 1) end
local function chance(rate) return (word() >> 11) < rate * 0x1p53 end
local function pick(list) return list[below(#list) + 1] end

local function digits(count)
  local list = { tostring(between(1, 9)) }
  for i = 2, count do list[i] = tostring(below(10)) end
  return table.concat(list)
end

local function hex(count)
  local list = {}
  for i = 1, count, 16 do list[#list + 1] = ("%016x"):format(word()):sub(1, count - i + 1) end
  return table.concat(list)
end

-- ------------------------------------------------------------------ trees

local ESCAPE = { ['"'] = '\\"', ["\\"] = "\\\\", ["\n"] = "\\n", ["\t"] = "\\t", ["\r"] = "\\r" }

local function quote(text)
  return '"' .. text:gsub('[%c"\\]', function(c)
    return ESCAPE[c] or ("\\u%04x"):format(c:byte())
  end) .. '"'
end

local function O(list)
  for i = 1, #list, 2 do list[i] = quote(list[i]) end
  list.o = true
  return list
end

local function A(list, keyed)
  list.a, list.keyed, list.plain = true, keyed, keyed and true
  return list
end

local S = quote
local function I(n) return ("%d"):format(n) end
local function H(n) return ('"0x%08X"'):format(n) end
local function B(flag) return flag and "true" or "false" end
local function sha() return '"' .. hex(64) .. '"' end

local function seek(object, key)
  key = quote(key)
  for i = 1, #object, 2 do
    if object[i] == key then return i + 1 end
  end
end

local function set(object, key, value)
  local at = seek(object, key)
  if at then
    object[at] = value
  else
    object[#object + 1] = quote(key)
    object[#object + 1] = value
  end
end

local function get(object, key)
  local at = seek(object, key)
  return at and object[at]
end

local function drop(object, key)
  local at = seek(object, key)
  if at then
    table.remove(object, at)
    table.remove(object, at - 1)
  end
end

local function render(tree, indent)
  local out, n = {}, 0
  local function put(text) n = n + 1 out[n] = text end
  local colon = indent > 0 and ": " or ":"
  local breaks = setmetatable({}, { __index = function(list, level)
    list[level] = indent > 0 and "\n" .. (" "):rep(indent * level) or ""
    return list[level]
  end })
  local function visit(node, level)
    if type(node) == "string" then return put(node) end
    local open, close, step = "[", "]", 1
    if node.o then open, close, step = "{", "}", 2 end
    if #node == 0 then return put(open .. close) end
    local inner = breaks[level + 1]
    for i = 1, #node, step do
      put(i == 1 and open or ",")
      put(inner)
      if step == 2 then
        put(node[i])
        put(colon)
      end
      visit(node[i + step - 1], level + 1)
    end
    put(breaks[level])
    put(close)
  end
  visit(tree, 0)
  put(indent > 0 and "\n" or "")
  return table.concat(out)
end

-- ------------------------------------------------------------------ what a snapshot holds

local KINDS = { "Thread", "Event", "Semaphore", "Mutant", "Timer", "File", "SymbolicLink", "NotifyListener" }
local AREAS = { "audio", "render", "stream", "loader", "xam", "net", "save", "input", "physics" }
local FOLDERS = { "shaders", "textures", "profile", "levels", "movies", "scripts" }

local function make_cpu(scale)
  local gpr, fpr, vr, cr = A {}, A {}, A {}, A {}
  for i = 0, 31 do
    gpr[#gpr + 1] = i == 1 and '"0x000000007018FF60"' or i == 13 and '"0x0000000030004000"'
      or chance(0.6) and '"0x0000000000000000"' or ('"0x%016X"'):format(word() >> 32)
  end
  for i = 1, 32 do
    fpr[i] = chance(0.7) and "0.0" or ("%d.%d"):format(between(-400, 400), between(1, 9999))
  end
  for i = 1, math.max(4, scale * 128 // 100) do
    vr[i] = chance(0.8) and '"00000000000000000000000000000000"' or '"' .. hex(32) .. '"'
  end
  for i = 1, 8 do cr[i] = I(below(16)) end
  return O {
    "schema_version", "1", "engine", '"canary"', "deterministic_skip", A { '"hw_id"', '"host_thread_id"' },
    "pc", '"0x824A0B30"', "lr", '"0x00000000BCBCBCBC"', "ctr", '"0x0000000000000000"',
    "msr", '"0x0000000000009030"', "xer", O { "ca", "0", "ov", "0", "so", "0" }, "cr", cr,
    "fpscr", H(0), "vscr", H(0x10000), "gpr", gpr, "fpr", fpr, "vr", vr,
    "thread", O {
      "thread_id", "6", "hw_id", I(below(6)), "host_thread_id", I(between(1000, 90000)), "priority", I(below(16)),
      "stack_base", H(0x70190000), "stack_limit", H(0x70100000), "pcr", H(0x30004000), "tls", H(0x30003000),
      "time_scalar", "1.0", "quantum_ms", "20",
    },
    "host_ns_at_snapshot", digits(16),
  }
end

local HEAPS = { { 0x00000000, "v00000000", 0x40000000, 4096 }, { 0x40000000, "v40000000", 0x3F000000, 65536 },
  { 0x80000000, "v80000000", 0x10000000, 65536 }, { 0x90000000, "v90000000", 0x10000000, 4096 },
  { 0xA0000000, "vA0000000", 0x20000000, 65536 }, { 0xC0000000, "vC0000000", 0x20000000, 16777216 },
  { 0xE0000000, "vE0000000", 0x1FD00000, 4096 } }

local function make_memory(scale)
  local heaps, regions, probes = A({}, "base"), A {}, A {}
  for i, h in ipairs(HEAPS) do
    heaps[i] = O { "base", H(h[1]), "name", S(h[2]), "size", H(h[3]), "page_size", I(h[4]),
      "allocated_pages", I(below(4096)), "reserved_pages", I(below(8192)), "host_base", H(word() >> 33) }
  end
  local at = 0x82000000
  for i = 1, math.max(3, scale * 16 // 100) do
    local length = between(1, 64) * 65536
    regions[i] = O { "start", H(at), "size", H(length), "protect", S(pick { "r--", "rw-", "r-x" }),
      "state", S(pick { "commit", "reserve" }), "content_sha256", sha() }
    at = at + length
  end
  for i = 1, math.max(2, scale * 12 // 100) do
    probes[i] = O { "address", H(0x82000000 + below(0x800000)), "bytes", '"' .. hex(32) .. '"' }
  end
  return O { "schema_version", "1", "deterministic_skip", A { '"heaps[].host_base"', '"host_base"' }, "page_size", "4096",
    "heaps", heaps, "regions", regions, "probes", probes, "membase_sha256", sha() }
end

local function make_details(kind, area)
  if kind == "Thread" then
    return O { "entry", H(0x82400000 + below(0x200000)), "priority", I(below(16)), "affinity", I(1 << below(6)),
      "state", S(pick { "waiting", "ready", "suspended" }), "suspend_count", I(below(2)), "stack_size", H(0x10000 << below(4)) }
  elseif kind == "Event" then
    return O { "manual_reset", B(chance(0.5)), "signaled", B(chance(0.3)), "waiters", A {} }
  elseif kind == "Semaphore" then
    return O { "count", I(below(8)), "maximum", I(between(8, 64)) }
  elseif kind == "Timer" then
    return O { "due_ms", ("%d.%d"):format(below(500), below(1000)), "period_ms", I(below(100)), "callback", "null" }
  elseif kind == "File" then
    return O { "path", S(("game:\\%s\\%s.pak"):format(area, hex(6))), "position", I(below(1 << 24)),
      "share", A { '"read"', chance(0.5) and '"write"' or '"delete"' } }
  end
  return O { "owner", chance(0.5) and "null" or S(area), "depth", I(below(3)) }
end

local function make_kernel(objects)
  local list, names, modules = A({}, "handle_semantic_id"), A({}, "name"), A {}
  for i = 1, objects do
    local kind, area = pick(KINDS), pick(AREAS)
    local id = ("%s:%s#%d"):format(kind, area, i)
    list[i] = O { "handle_semantic_id", S(id), "type", S(kind), "raw_handle_id", H(0xF8000000 + i * 4),
      "guest_ptr", H(0x30000000 + below(0x100000) * 16), "refcount", I(between(1, 3)),
      "name", chance(0.3) and S(area .. "_" .. i) or '""', "details", make_details(kind, area) }
    if i % 7 == 1 then
      names[#names + 1] = O { "name", S(("\\BaseNamedObjects\\%s_%d"):format(area, i)), "handle_semantic_id", S(id), "attributes", I(below(4)) }
    end
  end
  for i, name in ipairs { "xboxkrnl.exe", "xam.xex", "default.xex" } do
    modules[i] = O { "name", S(name), "base", H(0x80040000 + i * 0x100000), "size", H(between(4, 200) * 65536),
      "exports_registered_count", I(between(200, 900)), "sha256", sha() }
  end
  return O { "schema_version", "1", "engine", '"canary"',
    "deterministic_skip", A { '"raw_handle_id"', '"exports_registered_count"', '"uptime_ns"' },
    "objects", list, "handle_name_table", names, "modules", modules,
    "tls", O { "slots_in_use", I(below(64)), "bitmap", '"' .. hex(16) .. '"' },
    "apc_queue", A {}, "system_time", O { "base_1601", digits(18), "scale", "1.0", "uptime_ns", digits(11) },
    "host_ns_at_snapshot", digits(16), "wall_clock_iso8601", '"2025-03-14T15:09:26Z"' }
end

local function make_vfs(scale)
  local devices, cache, links = A {}, A({}, "relpath"), A {}
  for i, mount in ipairs { "\\Device\\Cdrom0", "\\Device\\Harddisk0\\Partition1", "\\Device\\Harddisk0\\Cache0" } do
    devices[i] = O { "mount", S(mount), "type", S(pick { "disc_image", "host_path", "null" }), "read_only", B(i == 1) }
  end
  for i, link in ipairs { "d:", "game:", "cache:" } do
    links[i] = O { "from", S(link), "to", get(devices[i], "mount") }
  end
  for i = 1, math.max(2, scale * 28 // 100) do
    cache[i] = O { "relpath", S(("%s/%s_%02d.bin"):format(pick(FOLDERS), hex(4), i)), "size", I(below(1 << 20)), "sha256", sha() }
  end
  return O { "schema_version", "1", "engine", '"canary"', "devices", devices, "symbolic_links", links,
    "cache_root_listing", cache, "disc", O { "label", '"SAMPLE_DISC"', "sectors", I(3567872), "layout", A { "0", "265879", "3567871" } } }
end

local function make_config()
  return O { "schema_version", "1", "engine", '"canary"', "build_id", '"canary_experimental@' .. hex(9) .. '"',
    "iso_path", '"D:\\\\games\\\\sample.iso"', "iso_sha256", sha(), "xex_entry_point", '"0x824A0B30"',
    "image_base", H(0x82000000), "image_size", H(0x920000), "image_loaded_sha256", sha(), "title_id", '"58410A5C"',
    "media_id", '"' .. hex(8) .. '"', "disc_number", "1", "region", A { '"ntsc-u"', '"pal"' },
    "host_ns_at_snapshot", digits(16), "wall_clock_iso8601", '"2025-03-14T15:09:26Z"',
    "cli_argv", A { '"--phase_b_snapshot_dir=out/canary"', '"sample.iso"' },
    "cvars", O { "gpu", '"vulkan"', "apu", '"nop"', "headless", "true", "license_mask", "0", "mount_cache", "true",
      "phase_b_snapshot_dir", '"out/canary"', "time_scalar", "1.0", "clock_no_scaling", "false",
      "draw_resolution_scale", A { "1", "1" }, "user_language", "1" } }
end

local IMAGE_BASE = 0x82000000

local function make_imports(bytes)
  local libraries, slots, at = A {}, {}, 64
  for _, name in ipairs { "xboxkrnl.exe", "xam.xex" } do
    local imports = A {}
    for i = 1, math.min(24, math.max(2, bytes // 256)) do
      local record = i % 2
      local length = record == 0 and 4 or 16
      if at + length > bytes then break end
      imports[i] = O { "ordinal", I(i * 3 + 1), "address", I(IMAGE_BASE + at), "record_type", I(record) }
      slots[#slots + 1] = { at, length }
      at = at + length + 4 * below(6)
    end
    libraries[#libraries + 1] = O { "name", S(name), "version", '"2.0.17559.0"', "imports", imports }
  end
  return O { "image_base", I(IMAGE_BASE), "entry_point", I(0x824A0B30), "import_libraries", libraries }, slots
end

local function make_image(bytes, slots)
  local list = {}
  for i = 1, (bytes + 7) // 8 do list[i] = ("<i8"):pack(word()) end
  local common = table.concat(list):sub(1, bytes)
  local function fill(pattern)
    local image, from = {}, 1
    for _, slot in ipairs(slots) do
      image[#image + 1] = common:sub(from, slot[1])
      image[#image + 1] = pattern:rep(slot[2] // 4)
      from = slot[1] + slot[2] + 1
    end
    image[#image + 1] = common:sub(from)
    return table.concat(image)
  end
  return fill("\xDE\xAD\xC0\xDE"), fill("\0\0\0\0")
end

-- ------------------------------------------------------------------ odd values

local function nested(depth)
  if chance(0.5) then return ("["):rep(depth) .. I(below(3)) .. ("]"):rep(depth) end
  return ('{"d":'):rep(depth) .. I(below(3)) .. ("}"):rep(depth)
end

local function odd_number()
  local make = below(8)
  if make == 0 then return digits(200) end
  if make == 1 then return "-" .. digits(between(15, 40)) end
  if make == 2 then return digits(between(1, 19)) .. "." .. digits(between(1, 19)) end
  if make == 3 then return ("%de%d"):format(below(1 << 53), between(-345, 310)) end
  if make == 4 then return ("%s.%sE%+d"):format(digits(1), digits(between(1, 18)), between(-30, 30)) end
  if make == 5 then return ("0.%s%s"):format(("0"):rep(below(8)), digits(between(1, 20))) end
  return pick { "NaN", "Infinity", "-Infinity", "-0", "0", "-0.0", "0.0", "1", "1.0", "true", "false", "1e400",
    "-1e400", "1e-400", "1E5", "100000", "100000.0", "1.10", "1.1", "0.1", "0.1000000000000000055", "1e16", "1e15", "1e22", "1e23",
    "9999999999999998.0", "10000000000000000", "5e-324", "2e-324", "2.2250738585072011e-308", "1.7976931348623157e308",
    "9007199254740993", "9007199254740992.0", "9007199254740993.0", "18446744073709551615", "18446744073709551614",
    "-9223372036854775808", "0.0001", "0.00001", "1.5e-07", "123456789012345680000.0", "4.35", "2.675", "1e0", "0e9", "null" }
end

local function odd_point() -- a code point but no surrogate, raw or escaped
  local top = pick { 0x20, 0xA0, 0x300, 0x800, 0x3000, 0x10000, 0x20000, 0x110000, 0x110000 }
  local c = below(top)
  if c >= 0xD800 and c < 0xE000 then c = c + 0x2000 end
  if c < 0x20 or c == 0x22 or c == 0x5C then return ("\\u%04X"):format(c) end
  if chance(0.5) then return utf8.char(c) end
  if c < 0x10000 then return ("\\u%04x"):format(c) end
  c = c - 0x10000
  return ("\\u%04x\\u%04X"):format(0xD800 + (c >> 10), 0xDC00 + (c & 0x3FF))
end

local PIECES = { "a", "text", " ", "'", "\\\"", "`", "|", "\\\\", "/", "\\/", "\\b", "\\f", "\\n", "\\r", "\\t", "\\u0000",
  "\\u001f", "\x7f", "\u{80}", "\u{9f}", "\u{a0}", "\u{ad}", "\u{200b}", "\u{200d}", "\u{2028}", "\u{2029}", "\u{202e}",
  "\u{3000}", "\u{feff}", "\u{fe0f}", "\u{301}", "\u{378}", "\u{e000}", "\u{fffd}", "\u{ffff}", "\u{10ffff}", "\u{1f600}",
  "\\ud83d\\ude00", "\u{1f6dc}", "\u{e0001}", "\u{600}", "\u{6dd}", "\u{e9}", "e\u{301}", "\u{b5}", "\u{4e2d}", "]", "[", ".", "=",
  "<b>", "$&", "%s", "\u{2fffe}", "\u{323af}", "\u{180e}", "\u{1bca0}" }

local function odd_text()
  local list = {}
  for i = 1, between(0, 4) do list[i] = chance(0.3) and odd_point() or pick(PIECES) end
  return '"' .. table.concat(list) .. '"'
end

local function odd_key()
  local text = odd_text()
  return text == '"None"' and '"none"' or text
end

local function odd_leaf()
  local make = below(10)
  if make < 4 then return odd_number() end
  if make < 7 then return odd_text() end
  if make == 7 then return pick { '"\\ud83d"', '"\\ude00\\ud83d"', '"\\ud83d\\ud83d\\ude00"', '"x\\uDfFf"', '"\\udbff\\u0041"' } end
  if make == 8 then
    return pick { "{}", "[]", "[[]]", '{"":{}}', '{"it\'s":["\'",1e-05]}', '{"b":1,"a":2,"b":3}', '[null,true,"\\""]',
      '{"sha256":"x","engine":1}', '{"\\u0000":"\\u0000"}', '{"\\ud800":1}', '[NaN]', '{"a":{"":[0.10]}}' }
  end
  return nested(chance(0.1) and between(100, 400) or between(1, 30))
end

local KEYS = { "", "a.b", "x.engine", "engine[x", "engine", "b[0]", "heaps[].base", "heaps[].name", "sha256", "image_sha256",
  "host_ns_at_snapshot", "wall_clock_iso8601", "iso_sha256", "xex_entry_point", "cache_root_listing_2", "raw_handle_id", "hw_id", "y",
  "k", "it's", "back`tick", "pi|pe", "line\nbreak", "\0", "tab\t", "quote\"", "\u{200b}", "\u{e9}", "\u{ffff}", "\u{10000}", "]", "." }

local KEYED = { objects = "handle_semantic_id", handle_name_table = "name", cache_root_listing = "relpath", heaps = "base" }

local function small_keyed(name)
  local list = {}
  for i = 1, between(0, 4) do
    list[i] = ('{"%s":"%s","v":%d}'):format(KEYED[name], pick { "p", "q", "r.s", "t[0]", "u" }, below(2))
  end
  return "[" .. table.concat(list, ",") .. "]"
end

-- `guard` is the member that an enclosing array matches by; it keeps its type, because keys of
-- mixed type stop the reference.
local function odd_member(object, guard)
  local make = below(5)
  if make == 0 and #object > 0 then -- a member repeated
    local key = object[2 * below(#object // 2) + 1]
    if key ~= guard then
      object[#object + 1] = key
      object[#object + 1] = odd_leaf()
    elseif (get(object, guard:sub(2, -2)) or ""):sub(1, 1) == '"' then
      object[#object + 1] = key
      object[#object + 1] = odd_key()
    end
  elseif make == 1 then -- the name of a keyed array where none is expected
    local name = pick { "objects", "handle_name_table", "cache_root_listing", "heaps" }
    object[#object + 1] = quote(pick { "", "", "z.", "a[0]." } .. name .. pick { "", "", "[7", "[]" })
    object[#object + 1] = small_keyed(name)
  elseif make == 2 then
    object[#object + 1] = odd_key()
    object[#object + 1] = odd_leaf()
  else
    object[#object + 1] = quote(pick(KEYS))
    object[#object + 1] = chance(0.3) and A { odd_leaf(), O { "y", odd_leaf() } } or odd_leaf()
  end
end

local SKIPS = { '"b[]"', '"a.b"', '"y[0]"', '"k[3].c"', '"objects[]"', '"regions[]"', '"gpr[]"', '"m[][]"', '"sha256"',
  '"details.refcount"', '"objects[].details.state"', '"probes[0]"', '"vr[7]"', '"x"', '"engine[x"', '"schema_version"', "5", "null",
  "true", "[]", "{}", '["hw_id"]', '"size"', '"cvars.gpu"', '"heaps"', '"tls.bitmap"', '"objects[].details"', '"name"', '"\\u0000"' }

local function odd_skips(document)
  if chance(0.15) then return set(document, "deterministic_skip", pick { '"engine"', "5", "null", "{}", "true", '{"pc":1}' }) end
  local list = A {}
  for i = 1, between(0, 4) do list[i] = chance(0.02) and '""' or pick(SKIPS) end
  set(document, "deterministic_skip", list)
end

-- Elements that may be matched by hash only as the reference defines it, and never so that its
-- answer depends on a hash seed: no text "None" as key, no NaN beside a repeated key.
local function odd_elements(list)
  local key = list.keyed
  if #list == 0 then return end
  local make = list.plain and below(6) or 4
  if make > 3 then list.plain = false end
  if make == 0 then -- a repeated key
    local twin = O { key, get(list[below(#list) + 1], key) or '"x"', "v", odd_leaf() }
    table.insert(list, below(#list + 1) + 1, twin)
  elseif make == 1 then
    table.insert(list, below(#list + 1) + 1, pick { "5", '"x"', "null", "[]", "true", "NaN" })
  elseif make == 2 then
    table.insert(list, below(#list + 1) + 1, O { "keyless", odd_leaf() })
  elseif make == 3 then -- odd texts as keys
    for _ = 1, between(1, 3) do
      local element = list[below(#list) + 1]
      if type(element) == "table" then
        set(element, key, odd_key())
      end
    end
  elseif make == 4 then -- numbers as keys, 1 and 1.0 and true among them
    local twins = chance(0.5)
    local pool = twins and { "1", "1.0", "true", "0", "-0.0", "false", "2", "10", "2.5", "1e400", "9007199254740993", "1e22",
      "10000000000000000000000", "-7" } or { "NaN", "1", "0", "2", "10", "2.5", "-7", "100", "1e5" }
    while #list > 12 do table.remove(list) end
    for i = #list, 1, -1 do
      local element = list[i]
      local number = twins and pick(pool) or #pool > 0 and table.remove(pool, below(#pool) + 1)
      if not number or type(element) == "string" then
        table.remove(list, i)
      else
        set(element, key, number)
      end
    end
  else
    while #list > 1 do table.remove(list) end
    if type(list[1]) == "table" then set(list[1], key, "null") end
  end
end

-- ------------------------------------------------------------------ the other side

local SAFE = { pc = true, xex_entry_point = true, image_loaded_sha256 = true, iso_sha256 = true, deterministic_skip = true,
  schema_version = true }

local function mutated(leaf)
  local first = leaf:sub(1, 1)
  if first == '"' then
    if #leaf < 6 then return '"changed"' end
    if leaf:find("\\", 1, true) then return leaf:sub(1, -2) .. '_2"' end
    local at = #leaf - 1 - below(math.min(6, #leaf - 2))
    local c = leaf:sub(at, at)
    if not c:match("%w") then return leaf:sub(1, -2) .. '_2"' end
    local other = c == "0" and "1" or c == "a" and "b" or c:match("%d") and "0" or "a"
    return leaf:sub(1, at - 1) .. other .. leaf:sub(at + 1)
  elseif leaf == "true" then return "false"
  elseif leaf == "false" then return "true"
  elseif leaf == "null" then return pick { "0", '"idle"' }
  elseif leaf:match("^%-?%d+$") and #leaf < 18 then return I(math.tointeger(leaf) + between(1, 9))
  elseif leaf:match("^%-?%d+%.%d+$") then return leaf .. I(between(1, 9))
  end
  return '"changed"'
end

local function shuffle(list)
  for i = #list, 2, -1 do
    local j = below(i) + 1
    list[i], list[j] = list[j], list[i]
  end
end

-- The right side of `node`, changed at the pair's rates; odd values may change `node` too.
local function derive(node, rates, guard)
  if type(node) == "string" then
    return chance(rates.mutate) and mutated(node) or node
  end
  local copy = { o = node.o, a = node.a, keyed = node.keyed, plain = node.plain }
  if node.o then
    if chance(rates.odd) then odd_member(node, guard) end
    for i = 1, #node, 2 do
      local key, value = node[i], node[i + 1]
      local safe = SAFE[key:sub(2, -2)] or key == guard and value:sub(1, 1) ~= '"'
      if type(value) == "string" and not safe and chance(rates.odd) then
        local make = key == guard and odd_key or odd_leaf
        value = make()
        node[i + 1] = value
        if chance(0.6) then value = make() end
      end
      if safe or not chance(rates.mutate * 0.1) then
        copy[#copy + 1] = key
        copy[#copy + 1] = safe and value or derive(value, rates)
      end
    end
    if chance(rates.odd) then odd_member(copy, guard) end
    if chance(rates.mutate * 0.5) then set(copy, "extra_" .. hex(3), pick { "0", '"new"', "true", "null" }) end
    return copy
  end
  if node.keyed and rates.odd > 0 and chance(rates.odd * 8) then odd_elements(node) end
  local guarded = node.keyed and quote(node.keyed)
  for i = 1, #node do
    local value = node[i]
    if type(value) == "string" and not node.keyed and chance(rates.odd) then
      value = odd_leaf()
      node[i] = value
      if chance(0.6) then value = odd_leaf() end
    end
    if not (node.keyed and chance(rates.mutate * 0.5)) then copy[#copy + 1] = derive(value, rates, guarded) end
  end
  if node.keyed then
    if rates.mutate > 0 then shuffle(copy) end
    if rates.odd > 0 and chance(rates.odd * 8) then odd_elements(copy) end
  elseif chance(rates.mutate * 2) then
    if chance(0.5) then copy[#copy] = nil else copy[#copy + 1] = copy[#copy] or "0" end
  end
  return copy
end

local function rename_side(documents)
  for _, name in ipairs { "cpu_state.json", "kernel.json", "vfs.json", "config.json" } do
    if seek(documents[name], "engine") then set(documents[name], "engine", '"ours"') end
    if seek(documents[name], "host_ns_at_snapshot") then set(documents[name], "host_ns_at_snapshot", digits(16)) end
  end
  local config = documents["config.json"]
  if seek(config, "build_id") then set(config, "build_id", '"ours-0.4.1+' .. hex(7) .. '"') end
  if seek(config, "iso_path") then set(config, "iso_path", '"/srv/games/sample.iso"') end
  if seek(config, "wall_clock_iso8601") then set(config, "wall_clock_iso8601", '"2025-03-14T15:11:52Z"') end
end

-- One divergence of each class that readers should meet in an example.
local function showcase(left, right)
  local kernel, vfs, config = right["kernel.json"], right["vfs.json"], right["config.json"]
  set(config, "iso_sha256", sha())
  drop(config, "media_id")
  set(get(config, "cvars"), "gpu", '"null"')
  set(get(config, "cvars"), "headless", "1")
  set(kernel, "boot_stage", '"pre-entry"')
  table.remove(get(kernel, "modules"))
  set(get(kernel, "modules")[1], "sha256", sha())
  set(get(get(kernel, "objects")[2], "details"), "note", '"it\'s a \\"quoted\\" note\\u200b"')
  set(get(vfs, "cache_root_listing")[1], "sha256", sha())
  set(get(vfs, "cache_root_listing")[2], "size", "4096.0")
  table.remove(get(vfs, "cache_root_listing"), 3)
  set(left["cpu_state.json"], "reservation", O { "address", H(0), "value", "18446744073709551615" })
  set(right["cpu_state.json"], "reservation", O { "address", H(0), "value", "18446744073709551614" })
  get(right["cpu_state.json"], "fpr")[3] = "1e-05"
  set(right["memory.json"], "membase_sha256", get(left["memory.json"], "membase_sha256"))
end

-- ------------------------------------------------------------------ gates and faults

local GATES = { { "1", "1.0" }, { "1", "true" }, { "NaN", "NaN" }, { "[NaN]", "[NaN]" }, { "9007199254740993", "9007199254740992.0" },
  { '["a"]', '["a"]' }, { "null", "null" }, { "0", "-0.0" }, { '{"a":1,"b":2.0}', '{"b":2,"a":true}' }, { "1e400", "1e999" },
  { '"it\'s"', '"it\'s"' }, { "[]", "[]" }, { "0.1", "0.1000000000000000055" }, { "1", "1" }, { '"0x824A0B30"', '"0x824a0b30"' },
  { "{}", "{}" }, { "false", "0" }, { '{"a":[1,"x"]}', '{"a":[1.0,"x"]}' }, { "[[1,2],[3]]", "[[1,2],[3]]" } }

local function odd_gates(left, right)
  local both = pick(GATES)
  local make = below(4)
  if make == 0 then
    set(left["config.json"], "image_loaded_sha256", both[1])
    set(right["config.json"], "image_loaded_sha256", both[2])
  elseif make == 1 then
    drop(right["config.json"], pick { "xex_entry_point", "image_loaded_sha256", "iso_sha256" })
  else
    for side, documents in ipairs { left, right } do
      set(documents["config.json"], "xex_entry_point", both[side])
      set(documents["cpu_state.json"], "pc", make == 2 and both[side] or both[3 - side])
    end
  end
end

local NAMES = { "cpu_state.json", "memory.json", "kernel.json", "vfs.json", "config.json" }

-- Faults in documents that the reference still finishes with, or that make it fail; in both cases
-- before the texts are hashed for the manifest.
local function fault_documents(left, right, rate)
  local side = chance(0.5) and left or right
  local function hit(weight) return chance(rate * weight) end
  if hit(0.04) then -- a key that is a list, keys of mixed type, two nulls
    local list = get(side["kernel.json"], "objects")
    if type(list) == "table" and #list > 1 and type(list[1]) == "table" and type(list[2]) == "table" then
      set(list[1], "handle_semantic_id", pick { "[]", "{}", "5", "null", "true" })
      if chance(0.5) then set(list[2], "handle_semantic_id", "null") end
    end
  end
  if hit(0.03) then set(side[pick(NAMES)], "deep", nested(between(900, 1100))) end
  if hit(0.03) then set(side[pick(NAMES)], "long", digits(pick { 4300, 4301, 5000 })) end
  if hit(0.03) then
    local document = side[pick(NAMES)]
    document[#document + 1] = '"\\ud800"'
    document[#document + 1] = "1"
  end
end

local function fault_text(text)
  local make = below(9)
  if make == 0 then return "" end
  if make == 1 then return text:sub(1, below(#text)) end
  if make == 2 then return pick { "[]", "null", "5", '"x"', "[{}]" } end
  if make == 3 then return text:gsub("}", "\xff}", 1) end
  if make == 4 then return "\u{feff}" .. text end
  if make == 5 then return text .. "x" end
  if make == 6 then return (text:gsub(",", ",,", 1)) end
  if make == 7 then return '{"a": 01}' end
  return '{"a": "line\nbreak"}'
end

local function fault_manifest(claims, other)
  local make = below(9)
  local name = pick(NAMES)
  if make == 0 then claims[name] = sha()
  elseif make == 1 then claims[name], other[name] = "null", "null"
  elseif make == 2 then claims[name], other[name] = "5", "5.0"
  elseif make == 3 then claims[name] = other[name]
  elseif make == 4 then claims[name], other[name] = claims[name]:upper(), claims[name]:upper()
  elseif make == 5 then claims.whole = pick { "{}", '{"files":{}}', '{"other":1}' }
  elseif make == 6 then claims.whole = pick { "[]", '{"files":[]}', '{"files":null}', "null", "{", "" }
  elseif make == 7 then
    claims[name] = sha()
    other[name] = claims[name]
  else
    claims[name], other[name] = '["x"]', '["x"]'
  end
end

local function fault_imports(tree, bytes)
  local function one(address, kind)
    return O { "address", address, "record_type", kind }
  end
  local function at(offset) return I(IMAGE_BASE + offset) end
  local make = below(12)
  if make == 0 then return set(tree, "import_libraries", pick { "{}", '""', "[]", "[{}]", '[{"imports":[]}]' }) end
  if make == 1 then return drop(tree, "import_libraries") end
  if make == 2 then return drop(tree, "image_base") end
  if make == 3 and chance(0.3) then return set(tree, "import_libraries", pick { "null", "5", '[5]', '{"a":1}', '"x"', '[{"imports":null}]' }) end
  if make == 4 and chance(0.3) then return set(tree, "image_base", pick { "null", '"0x82000000"', "2181038080.5", "[]" }) end
  local imports = A {}
  for i = 1, between(1, 6) do
    local address = pick { at(-4), at(-2), at(0), at(bytes - 4), at(bytes - 3), at(bytes - 16), at(bytes - 15), at(bytes), at(bytes * 9),
      "-1", "-" .. digits(30), digits(40), "0", "1e300", "1e400", "-1e400", "0.5", "true", at(100) }
    if chance(0.02) then address = pick { at(8) .. ".0", at(8) .. ".5", "NaN", '"x"', "null", "[]" } end
    local kind = pick { "0", "1", "0", "1", "false", "true", "1.0", "0.0", "-0.0", "2", "-1", '"0"', "null", "[]", "1.5", digits(30) }
    imports[i] = one(address, kind)
    if chance(0.02) then drop(imports[i], pick { "address", "record_type" }) end
  end
  local libraries = get(tree, "import_libraries")
  libraries[#libraries + 1] = O { "imports", imports }
end

-- ------------------------------------------------------------------ files

local function shell(lines)
  if #lines == 0 then return end
  local sh = assert(io.popen("sh -e", "w"))
  sh:write(table.concat(lines, "\n"), "\n")
  assert(sh:close(), "the shell failed")
end

local function shell_quote(text) return "'" .. text:gsub("'", "'\\''") .. "'" end

local function write(path, text)
  local file = assert(io.open(path, "wb"))
  assert(file:write(text))
  assert(file:close())
end

local function manifest(claims, names)
  if claims.whole then return claims.whole end
  local files = O {}
  for _, name in ipairs(names) do
    if claims[name] then set(files, name, claims[name]) end
  end
  return render(O { "schema_version", "1", "files", files }, 2)
end

local function claims_of(texts, names)
  local claims, seen = {}, {}
  for _, name in ipairs(names) do
    local text = texts[name]
    if text then
      seen[text] = seen[text] or sha256(text)
      claims[name] = '"' .. seen[text] .. '"'
    end
  end
  return claims
end

local function fault_files(texts, folder, late)
  local name = pick(NAMES)
  local path = shell_quote(folder .. "/" .. name)
  texts[name] = nil
  local make = below(10)
  if make == 0 then late[#late + 1] = "ln -s nowhere " .. path end
  if make == 1 then late[#late + 1] = "mkdir " .. path end
end

local function hexed(text) return '"' .. sha256(text) .. '"' end

-- Writes one pair below `dir`; what needs a shell is appended to `late`.
local function pair(dir, p, late)
  reseed(p.seed)
  local scale = p.small and 8 or 100
  local left = { ["cpu_state.json"] = make_cpu(scale), ["memory.json"] = make_memory(scale),
    ["kernel.json"] = make_kernel(p.objects), ["vfs.json"] = make_vfs(scale), ["config.json"] = make_config() }
  local xex, slots = make_imports(p.image)
  local images = {}
  if p.image > 0 then
    images[1], images[2] = make_image(p.image, slots)
    if p.identical or chance(p.odd * 5) then images[2] = images[1] end
    if chance(p.faults * 0.3) then images[2] = images[2]:sub(1, -between(2, 20)) end
    if chance(p.faults * 0.1) then images[2] = nil end
  end

  local right = left
  if not p.identical then
    right = {}
    for _, name in ipairs(NAMES) do
      if chance(p.odd) then odd_skips(left[name]) end
      right[name] = derive(left[name], p)
      if chance(p.odd) then odd_skips(right[name]) end
    end
    rename_side(right)
    if p.showcase then showcase(left, right) end
    if images[1] then
      set(left["config.json"], "image_loaded_sha256", hexed(images[1]))
      set(right["config.json"], "image_loaded_sha256", hexed(images[2] or ""))
    end
    if chance(p.odd * 3) then odd_gates(left, right) end
    fault_documents(left, right, p.faults)
  elseif images[1] then
    set(left["config.json"], "image_loaded_sha256", hexed(images[1]))
  end

  local texts = { {}, {} }
  for side, documents in ipairs { left, right } do
    for _, name in ipairs(NAMES) do texts[side][name] = render(documents[name], p.indent) end
  end
  for _, name in ipairs(p.settle) do texts[2][name] = texts[1][name] end
  if chance(p.faults * 0.25) then -- garbage that equal claims settle
    local name = pick { "memory.json", "kernel.json", "vfs.json" }
    texts[1][name] = fault_text(texts[1][name])
    texts[2][name] = texts[1][name]
  end
  if chance(p.faults * 0.15) then
    local name = pick(NAMES)
    texts[2][name] = fault_text(texts[2][name])
  end

  local folders = { dir .. "/canary", dir .. "/ours" }
  for side = 1, 2 do texts[side]["image.bin"] = images[side] end
  local names = { "config.json", "cpu_state.json", "image.bin", "kernel.json", "memory.json", "vfs.json" }
  if p.manifest then
    local claims = { claims_of(texts[1], names), claims_of(texts[2], names) }
    if chance(p.faults * 0.4) then
      local side = between(1, 2)
      fault_manifest(claims[side], claims[3 - side])
    end
    if chance(p.faults * 0.1) then claims[2].whole = "" end
    for side = 1, 2 do texts[side]["manifest.json"] = manifest(claims[side], names) end
    if chance(p.faults * 0.1) then texts[between(1, 2)]["manifest.json"] = nil end
  end
  if chance(p.faults * 0.25) then
    local side = between(1, 2)
    fault_files(texts[side], folders[side], late)
    if chance(0.2) then fault_files(texts[3 - side], folders[3 - side], late) end
  end
  names[#names + 1] = "manifest.json"
  for side = 1, 2 do
    for _, name in ipairs(names) do
      if texts[side][name] then write(folders[side] .. "/" .. name, texts[side][name]) end
    end
  end
  if chance(p.faults * 0.6) then fault_imports(xex, p.image) end
  if not chance(p.faults * 0.05) then write(dir .. "/xex.json", render(xex, p.indent)) end
end

-- ------------------------------------------------------------------ command line

local function usage(reason)
  io.stderr:write("make-snapshots.lua: ", reason, "\n", USAGE)
  os.exit(2)
end

local function options()
  local o = { seed = 1, mutate = 0, odd = 0, faults = 0, image = 0, indent = 2, settle = {}, manifest = true }
  local numbers = { seed = true, size = true, mutate = true, odd = true, faults = true, image = true, indent = true, batch = true }
  local flags = { identical = true, showcase = true, vary = true }
  local i = 1
  while arg[i] do
    local name = arg[i]:match("^%-%-(.+)$")
    if name == "no-manifest" then o.manifest = false
    elseif name == "help" then io.write(USAGE) os.exit(0)
    elseif name and flags[name] then o[name] = true
    elseif name == "settle" then
      i = i + 1
      o.settle[#o.settle + 1] = arg[i] or usage("--settle needs a name")
    elseif name and numbers[name] then
      i = i + 1
      o[name] = tonumber(arg[i]) or usage("--" .. name .. " needs a number")
    elseif name then usage("unknown option " .. arg[i])
    elseif o.dir then usage("more than one folder")
    else o.dir = arg[i]
    end
    i = i + 1
  end
  if not o.dir then usage("no folder given") end
  for _, name in ipairs { "seed", "size", "image", "indent", "batch" } do
    if o[name] then o[name] = math.tointeger(o[name]) or usage("--" .. name .. " needs an integer") end
  end
  return o
end

-- How many kernel objects make about `bytes` of text (measured).
local function objects_for(bytes, indent)
  return math.max(2, bytes // (indent == 0 and 216 or 258 + 34 * indent))
end

local function varied(o, seed)
  reseed(seed ~ 0x5DEECE66D)
  local p = setmetatable({ seed = seed }, { __index = o })
  p.small = chance(0.75)
  p.objects = p.small and between(2, 14) or between(14, 60)
  p.mutate = pick { 0, 0.01, 0.03, 0.1, 0.3 }
  p.odd = pick { 0, 0.01, 0.03, 0.1 }
  p.faults = pick { 0, 0, 0.3, 0.7, 1 }
  p.image = pick { 0, 0, 256, 1024, 4000 }
  p.indent = pick { 0, 0, 1, 2 }
  p.manifest = chance(0.8)
  p.identical = chance(0.04)
  p.settle = chance(0.3) and { pick(NAMES) } or {}
  return p
end

local function main()
  local o = options()
  local pairs_of, early, late = {}, {}, {}
  for i = 1, o.batch or 1 do
    local seed = o.seed + i - 1
    local p = o.vary and varied(o, seed) or setmetatable({ seed = seed }, { __index = o })
    p.objects = p.objects or objects_for(o.size or 9000, o.indent)
    local dir = o.batch and o.dir .. "/" .. seed or o.dir
    pairs_of[i] = { dir, p }
    early[i] = "mkdir -p " .. shell_quote(dir .. "/canary") .. " " .. shell_quote(dir .. "/ours")
  end
  shell(early)
  for _, one in ipairs(pairs_of) do pair(one[1], one[2], late) end
  shell(late)
end

main()
