-- as: profile
-- status: 3
-- error: no global named 'print'
print('x')
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
