-- as: profile
-- status: 3
-- error: the script ran longer than 300 ms
local mt = { __close = function() while true do end end }
local function f(n)
  local x <close> = setmetatable({}, mt)
  if n > 0 then f(n - 1) end
  while true do end
end
while true do pcall(f, 100) end
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
