-- as: profile
-- status: 3
-- error: needs more memory than its 8388608 bytes
-- options: --script-time 5s
table.sort(setmetatable({}, { __len = function() return (1 << 31) - 2 end, __index = function() return 1 end }))
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
