-- as: profile
-- status: 3
-- error: the error value is a table value
error(setmetatable({}, { __name = ('x\n\27'):rep(100000) }))
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
