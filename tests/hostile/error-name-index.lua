-- as: profile
-- status: 3
-- error: attempt to index
local t = setmetatable({}, { __name = 3, __index = 3 })
local x = t.x.y
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
