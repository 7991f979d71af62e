-- as: profile
-- status: 3
-- error: stopped: one step of the script .*ran for 600 ms
string.find(('a'):rep(40), ('a-'):rep(38) .. 'b')
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
