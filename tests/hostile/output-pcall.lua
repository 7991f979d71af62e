-- as: report
-- status: 3
-- error: the report has more than 1048576 bytes
-- options: --script-time 5s
return { api = 1, extension = 'txt', limit = 1,
finish = function(out, run)
local s = ('x'):rep(1 << 16)
while true do pcall(out.write, out, s) end
end }
