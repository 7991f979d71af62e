-- A house profile: everything that phase-b says, and what this house knows besides. Inheritance is
-- plain Lua: the table is the house's own copy.
local house = require "diverge.profile.phase-b"
local phase_b = require "diverge.classify.phase-b"

house.name = "house"
house.title = "Nightly snapshot diff"
house.help = "Nightly comparison of the emulator with the reference build."

-- The nightly build numbers its threads anew at each start.
table.insert(house.skip["cpu_state.json"], "thread_serial")

-- One more document, whose entries are matched by name.
table.insert(house.documents, "timers.json")
house.keyed["timers.json"] = { timers = "name" }

-- A class of the house's own; the others are asked for as before.
table.insert(house.classes, { name = "house-timers", title = "Timers", severity = "warning" })
house.classify = function(d)
  if d.file == "timers.json" then
    return "house-timers"
  end
  return phase_b.classify(d)
end

return house
