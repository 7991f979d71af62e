-- as: profile
-- status: 3
-- error: stopped: one step of the script .*ran for 600 ms
string.find(('a'):rep(100000), '%f[a].-.-.-b')
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
