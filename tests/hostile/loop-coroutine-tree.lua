-- as: profile
-- status: 3
-- error: the script ran longer than 300 ms
-- Every coroutine ends before its first hook, and starts a hundred others.
local function f(depth)
  if depth == 0 then return end
  for _ = 1, 100 do coroutine.wrap(f)(depth - 1) end
end
f(12)
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
