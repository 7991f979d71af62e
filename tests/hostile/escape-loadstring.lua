-- as: profile
-- status: 3
-- error: no global named 'loadstring'
loadstring('x')
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
