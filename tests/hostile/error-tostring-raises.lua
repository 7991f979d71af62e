-- as: profile
-- status: 3
-- error: the error value cannot be shown
error(setmetatable({}, { __tostring = function() error('x') end }))
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
