-- as: profile
-- status: 3
-- error: needs more memory than its 8388608 bytes
-- options: --script-time 5s
local t = {}
while true do t[#t + 1] = ('%99.99f'):format(#t):rep(1000) end
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
