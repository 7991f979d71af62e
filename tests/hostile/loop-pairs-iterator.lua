-- as: profile
-- status: 3
-- error: the script ran longer than 300 ms
for _ in pairs(setmetatable({}, { __pairs = function() return function() return 1 end end })) do end
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
