-- as: profile
-- status: 1
-- error: 
local _ENV = {}
x = 1
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
