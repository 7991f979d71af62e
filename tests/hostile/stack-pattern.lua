-- as: profile
-- status: 3
-- error: too many captures|unfinished capture
-- options: --script-time 5s
string.find(('('):rep(300), ('('):rep(300))
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
