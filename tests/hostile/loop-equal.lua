-- as: profile
-- status: 3
-- error: the script ran longer than 300 ms
while true do pcall(diverge.equal, {}, {}) end
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
