-- as: profile
-- status: 3
-- error: allocated more than 67108864 bytes in one entry
-- options: --script-volume 64M --script-time 5s
local t = {}
for i = 1, 100 do t[i] = ('x'):rep(10000) end
while true do table.concat(t) end
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
