-- as: profile
-- status: 3
-- error: too many results to unpack
local t = table.pack(table.unpack({}, 1, 1e7))
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
