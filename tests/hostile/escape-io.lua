-- as: profile
-- status: 3
-- error: no global named 'io'
io.open('/etc/passwd')
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
