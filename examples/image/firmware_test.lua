local function outcome(t, right)
  local r = t:run(t:file "before", t:file(right))
  local gates = {}
  for i, gate in ipairs(r.gates) do
    gates[i] = gate.name .. ": " .. tostring(gate.ok)
  end
  return r.verdict, gates
end

return {
  stamps_are_set_aside = function(t)
    local verdict, gates = outcome(t, "after")
    t:equal(verdict, "different") -- a setting, see below
    t:equal(gates, { "flash begins at: true", "flash without its stamps: true", "flash as it is: false" })
  end,

  other_code_stops = function(t)
    local verdict, gates = outcome(t, "broken")
    t:equal(verdict, "stop")
    t:equal(gates, { "flash begins at: true", "flash without its stamps: false", "flash as it is: false" })
  end,

  a_build_is_itself = function(t)
    t:equal((outcome(t, "before")), "same")
  end,

  report = function(t)
    t:report(t:file "before", t:file "after", t:file "expected.txt")
  end,
}
