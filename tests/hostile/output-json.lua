-- as: report
-- status: 3
-- error: the report has more than 1048576 bytes
-- options: --script-time 5s
return { api = 1, extension = 'txt', limit = 1,
finish = function(out, run)
local t = ('x'):rep(1000)
for i = 1, 40 do t = { t, t } end
out:json(t)
end }
