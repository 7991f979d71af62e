-- as: profile
-- status: 3
-- error: 42|number value
error(42)
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
