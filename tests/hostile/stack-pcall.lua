-- as: profile
-- status: 1
-- error: 
-- options: --script-time 5s
local function f() return pcall(f) end
local n = 0
for i = 1, 100 do f() end
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
