-- as: profile
-- status: 3
-- error: a nil value
local s = string.dump(function() end)
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
