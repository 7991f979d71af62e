-- as: profile
-- status: 3
-- error: the script ran longer than 300 ms|needs more memory than its 8388608 bytes
local t = { api = 1, name = 'x', documents = { 'd.json' }, skip = {} }
for i = 1, 100000 do t.skip['k' .. i] = {} end
return t
