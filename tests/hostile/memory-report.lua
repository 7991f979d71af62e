-- as: report
-- status: 3
-- error: needs more memory than its 8388608 bytes
-- options: MANY --script-time 5s
local kept = ''
return { api = 1, extension = 'txt', limit = 1,
divergence = function(out, d)
kept = kept .. ('x'):rep(1 << 22)
end }
