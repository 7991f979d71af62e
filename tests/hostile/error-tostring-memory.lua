-- as: profile
-- status: 3
-- error: needs more memory than its 8388608 bytes
error(setmetatable({}, { __tostring = function() return string.rep('x', 1 << 30) end }))
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
