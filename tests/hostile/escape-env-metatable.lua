-- as: profile
-- status: 3
-- error: protected metatable
setmetatable(_ENV, {})
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
