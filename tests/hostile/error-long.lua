-- as: profile
-- status: 3
-- error: xxxxxxxx.*\.\.\.$
error(('x'):rep(1 << 20))
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
