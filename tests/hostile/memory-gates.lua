-- as: profile
-- status: 3
-- error: needs more memory than its 8388608 bytes
-- options: --script-time 5s
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' },
  gates = function(run)
local s = ('x'):rep(1 << 20)
for i = 1, 1000 do run:gate(s .. i, s, s, true) end
end }
