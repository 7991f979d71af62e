-- as: profile
-- status: 1
-- error: 
local kept
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' },
  gates = function(run)
kept = run
end }
