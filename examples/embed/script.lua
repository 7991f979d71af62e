-- script: a toy machine and its twin, compared every 100 steps from a stock Lua.
--
--     lua5.4 script.lua
--
-- The twin has one mistake: an addition that does not carry from the low byte into the high one.
-- What is known to differ is a rule, what is not worth a bug report is a closure's word.
-- docs/lua-module.md tells all that the module can do.
local diverge = require "diverge"

local function machine(carry)
  local self = { pc = 0, low = 0, high = 0, flags = {}, clock = carry and 1000 or 7 }
  function self.step()
    self.pc = self.pc + 1
    self.clock = self.clock + 3
    self.low = self.low + 1
    if self.low > 255 then
      self.low = 0
      self.high = self.high + (carry and 1 or 0)
      self.flags = carry and { "carry" } or {}
    end
  end
  return self
end

-- The state alone: functions are no values of JSON.
local function state(m)
  return { pc = m.pc, acc = { low = m.low, high = m.high }, flags = diverge.array(m.flags), clock = m.clock }
end

local profile = {
  name = "twin",
  sides = { left = "machine", right = "twin" },
  classes = { { name = "bug" }, { name = "known", severity = "info" } },
  rules = { { at = "clock", class = "known", why = "started at another time" } },
}

local one, two = machine(true), machine(false)
for step = 1, 1000 do
  one.step()
  two.step()
  if step % 100 == 0 then
    -- The end of each round frees what the comparison holds.
    local found <close> = assert(diverge.compare(state(one), state(two), {
      profile = profile,
      classify = function(d)
        if d.path:find "^flags" then
          return "known", "info", "the twin keeps no flags"
        end
      end,
    }))
    for d in found:divergences() do
      if d.class == "bug" then
        print(("step %d: %s is %s, and %s in the twin"):format(step, d.path, d.left, d.right))
        return
      end
    end
  end
end
print "no divergence"
