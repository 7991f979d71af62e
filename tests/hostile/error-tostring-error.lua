-- as: profile
-- status: 3
-- error: the error value cannot be shown
local e = setmetatable({}, {})
getmetatable(e).__tostring = function() error(e) end
error(e)
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
