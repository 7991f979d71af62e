-- as: profile
-- status: 3
-- error: stopped: one step of the script .*ran for 600 ms
table.insert(setmetatable({}, { __len = function() return 1 << 62 end }), 1, 1)
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
