-- as: profile
-- status: 3
-- error: needs more memory than its 8388608 bytes|the script ran longer than 300 ms
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' },
  gates = function(run)
local i = run:image('d.json', {})
local n = 0
while true do i:mask(n, 1) n = n + 2 end
end }
