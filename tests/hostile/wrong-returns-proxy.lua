-- as: profile
-- status: 3
-- error: lacks `api`
return setmetatable({}, { __index = function() while true do end end })
