-- as: profile
-- status: 3
-- error: chain too long|loop in settable
local t = {}
setmetatable(t, { __newindex = t })
t.x = 1
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
