-- as: profile
-- status: 3
-- error: the script ran longer than 300 ms
local c = coroutine.create(function()
  local x <close> = setmetatable({}, { __close = function() while true do end end })
  coroutine.yield()
end)
coroutine.resume(c)
coroutine.close(c)
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
