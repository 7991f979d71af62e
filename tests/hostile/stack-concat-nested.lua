-- as: profile
-- status: 3
-- error: stack overflow
-- options: --script-time 5s
local t = {}
t.__concat = function(a, b) return a .. b end
setmetatable(t, t)
local x = t .. t
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
