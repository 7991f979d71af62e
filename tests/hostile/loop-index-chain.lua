-- as: profile
-- status: 3
-- error: chain too long|loop in gettable
local t = {}
setmetatable(t, { __index = t })
local x = t.x
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
