-- as: profile
-- status: 3
-- error: needs more memory than its 8388608 bytes
-- options: --script-time 5s
local f = function() end
while true do local g = f; f = function() return g end end
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
