-- as: profile
-- status: 3
-- error: skip
local t = { api = 1, name = 'x', documents = { 'd.json' } }
t.skip = t
return t
