-- as: profile
-- status: 3
-- error: bad argument #1
setmetatable('', {})
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
