-- as: profile
-- status: 3
-- error: no global named '_G'
_G.x = 1
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
