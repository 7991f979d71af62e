-- as: profile
-- status: 3
-- error: stopped: one step of the script .*ran for 600 ms|the script ran longer than 300 ms
pcall(function()
  local x <close> = setmetatable({}, { __close = function() string.rep('', 1 << 62) end })
  while true do end
end)
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
