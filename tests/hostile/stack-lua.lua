-- as: profile
-- status: 3
-- error: stack overflow
-- options: --script-memory 128M --script-time 5s
local function f() return 1 + f() end
f()
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
