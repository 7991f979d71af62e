-- as: profile
-- status: 3
-- error: ^diverge: \./c-rep-empty-later\.lua:[4-8]: stopped
for i = 1, 1e5 do local x = i * i end
for i = 1, 1e5 do
  local x = i
end
string.rep('', 1 << 62)
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
