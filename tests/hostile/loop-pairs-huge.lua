-- as: profile
-- status: 3
-- error: the script ran longer than 300 ms
local t = {}
for i = 1, 50000 do t['k' .. i] = i end
while true do pairs(t) end
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
