-- as: profile
-- status: 1
-- error: 
-- options: --script-memory 128M --script-time 5s
local function h() error(h()) end
xpcall(error, h)
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
