-- as: profile
-- status: 3
-- error: stack overflow
-- options: --script-time 5s
local t = setmetatable({}, {})
getmetatable(t).__index = function(t, k) return t[k] end
local x = t.x
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
