-- as: profile
-- status: 3
-- error: the script ran longer than 300 ms|needs more memory|allocated more
local t = {}
for i = 1, 60 do t = { t, t } end
while true do pcall(diverge.json, t) end
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
