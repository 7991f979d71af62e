-- as: profile
-- status: 3
-- error: bad argument #1
string.rep(setmetatable({}, { __name = 'evil\n\27[31m' }))
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
