-- as: profile
-- status: 1
-- error: 
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' },
  gates = function(run)
return false, 'x', {}
end }
