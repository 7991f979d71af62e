-- as: profile
-- status: 3
-- error: the script ran longer than 300 ms
local function h(e) return xpcall(error, h, e) end
while true do xpcall(error, h) end
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
