-- as: profile
-- status: 3
-- error: :4: x|x
local function f() local _ENV = { error = error } error('x') end
f()
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
