-- as: classifier
-- status: 3
-- error: needs more memory than its 8388608 bytes
-- options: MANY --script-time 5s
local kept = {}
return { api = 1, classify = function(d)
kept[#kept + 1] = ('x'):rep(1 << 16) .. #kept
end }
