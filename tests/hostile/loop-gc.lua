-- as: profile
-- status: 3
-- error: :4: a metatable with '__gc' is refused
setmetatable({}, { __gc = function() while true do end end })
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
