local c = coroutine.wrap(function() pcall(error, setmetatable({}, { __tostring = error })) end)
c() xpcall(c, string.rep) local t = {} t.t = t pcall(diverge.json, t)
for k, v in pairs { [1] = 2, a = 3, [true] = 4 } do string.format("%s %q %5.2f", k, v, v) end
table.sort({ 3, 1, 2 }, function(a, b) return true end)
while true do pcall(require, "profile.x") end
