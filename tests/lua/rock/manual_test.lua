-- Every example of docs/lua-module.md does what the page says.
local check = require "check"
local file = assert(io.open(os.getenv "DIVERGE_SOURCE" .. "/docs/lua-module.md"))
local page = file:read "a"
file:close()

-- The blocks see one another's locals: each goes on where the one before ended, so all of them are
-- one chunk in which every block begins by clearing what was printed.
local printed = {}
local environment = setmetatable({
  print = function(...)
    local line = table.pack(...)
    for i = 1, line.n do
      line[i] = tostring(line[i])
    end
    printed[#printed + 1] = table.concat(line, "\t") .. "\n"
  end,
  expect = function(wanted, place)
    check.equal(table.concat(printed), wanted, place)
    printed = {}
  end,
}, { __index = _G })

local chunk, blocks = {}, 0
for kind, body in page:gmatch "\n```(%a+)\n(.-\n)```" do
  if kind == "lua" then
    chunk[#chunk + 1] = body
    blocks = blocks + 1
  elseif kind == "output" then
    chunk[#chunk + 1] = ("expect(%q, 'block %d')\n"):format(body, blocks)
  end
end
assert(load(table.concat(chunk), "=docs/lua-module.md", "t", environment))()
check.equal(blocks, 6)
check.equal(#printed, 0, "a block prints what the page does not show")
check.done()
