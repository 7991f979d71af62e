-- as: profile
-- status: 3
-- error: the script ran longer than 300 ms
local function f() return coroutine.wrap(f)() end
while true do pcall(f) end
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
