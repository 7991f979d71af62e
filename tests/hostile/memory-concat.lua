-- as: profile
-- status: 3
-- error: needs more memory than its 8388608 bytes
-- options: --script-time 5s
local t = {}
for i = 1, 1000 do t[i] = ('x'):rep(1 << 14) end
table.concat(t)
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
