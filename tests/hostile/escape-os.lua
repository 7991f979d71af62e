-- as: profile
-- status: 3
-- error: no global named 'os'
os.execute('touch pwned')
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
