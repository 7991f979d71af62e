-- as: profile
-- status: 3
-- error: allocated more than 67108864 bytes in one entry
-- options: --script-volume 64M --script-time 5s
pcall(function()
  local x <close> = setmetatable({}, { __close = function() error('mine') end })
  while true do local s = string.rep('x', 1 << 20) end
end)
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
