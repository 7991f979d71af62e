-- as: profile
-- status: 3
-- error: needs more memory than its 8388608 bytes|the script ran longer than 300 ms
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' },
  gates = function(run)
while true do run:gate('g', 1, 1, true) end
end }
