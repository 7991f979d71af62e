-- as: profile
-- status: 3
-- error: more than 1000 warnings are refused
-- options: --script-time 5s
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' },
  gates = function(run)
while true do run:warn('x') end
end }
