-- as: profile
-- status: 3
-- error: the script ran longer than 300 ms
local function f() while true do pcall(f) end end
f()
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
