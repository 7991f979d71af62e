-- as: profile
-- status: 3
-- error: stopped: one step of the script .*ran for 600 ms
string.match(('x'):rep(100000), '.-.-.-y')
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
