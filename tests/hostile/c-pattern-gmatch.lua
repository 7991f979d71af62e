-- as: profile
-- status: 3
-- error: stopped: one step of the script .*ran for 600 ms
for _ in string.gmatch(('x'):rep(100000), '(.-)(.-)(.-)y') do end
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
