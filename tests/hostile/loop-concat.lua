-- as: profile
-- status: 3
-- error: the script ran longer than 300 ms
local mt = { __concat = function() while true do end end }
local a, b = setmetatable({}, mt), setmetatable({}, mt)
local x = a .. b
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
