-- as: profile
-- status: 3
-- error: far
error('far', 200)
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
