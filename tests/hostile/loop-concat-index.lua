-- as: profile
-- status: 3
-- error: the script ran longer than 300 ms
table.concat(setmetatable({}, { __index = function() return '' end }), '', 1, 1 << 62)
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
