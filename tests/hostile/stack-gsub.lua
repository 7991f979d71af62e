-- as: profile
-- status: 3
-- error: stack overflow
-- options: --script-time 5s
local function f() return string.gsub('x', 'x', f) end
f()
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
