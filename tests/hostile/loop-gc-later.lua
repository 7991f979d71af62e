-- as: profile
-- status: 1
-- error: 
local mt = {}
setmetatable({}, mt)
mt.__gc = function() while true do end end
for i = 1, 1e4 do local t = {} end
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
