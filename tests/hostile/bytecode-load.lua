-- as: profile
-- status: 3
-- error: no global named 'load'
load('\27Lua')
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
