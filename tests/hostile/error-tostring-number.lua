-- as: profile
-- status: 3
-- error: the error value is a table value
error(setmetatable({}, { __tostring = function() return 1 end }))
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
