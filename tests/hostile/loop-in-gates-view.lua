-- as: profile
-- status: 3
-- error: the script ran longer than 300 ms
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' },
  gates = function(run)
local v = run.left:document('d.json')
while true do for k in pairs(v) do end end
end }
