-- as: profile
-- status: 3
-- error: the error value cannot be shown|stack overflow
-- options: --script-time 5s
local mt = {}
mt.__tostring = function(t) return tostring(t) end
error(setmetatable({}, mt))
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
