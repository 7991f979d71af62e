-- as: profile
-- status: 3
-- error: :[56]: the script ran longer than 300 ms
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' },
  gates = function(run)
while true do end
end }
