-- as: profile
-- status: 3
-- error: stack overflow
-- options: --script-time 5s
local function f() table.sort({ 1, 2 }, f) end
f()
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
