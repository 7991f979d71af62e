-- as: profile
-- status: 3
-- error: '%p' is refused
string.format('%p', {})
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
