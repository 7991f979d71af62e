-- as: profile
-- status: 3
-- error: no global named 'dofile'
dofile('/etc/passwd')
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
