-- as: classifier
-- status: 3
-- error: the script ran longer than 300 ms|needs more memory than its 8388608 bytes
local c = {}
for i = 1, 20000 do c[i] = { name = 'c' .. i } end
return { api = 1, classes = c, classify = function() end }
