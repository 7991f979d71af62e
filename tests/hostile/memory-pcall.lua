-- as: profile
-- status: 3
-- error: needs more memory than its 8388608 bytes|the script ran longer than 300 ms
local t = {}
while true do pcall(function() while true do t[#t + 1] = ('x'):rep(1000) .. #t end end) end
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
