-- as: profile
-- status: 3
-- error: not a name of a file in a snapshot
-- options: --script-time 5s
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' },
  gates = function(run)
local n = 'd.json'
while true do n = './' .. n run.left:document(n) end
end }
