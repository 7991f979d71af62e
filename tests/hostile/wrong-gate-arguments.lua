-- as: profile
-- status: 3
-- error: bad argument #1|bad argument #2
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' },
  gates = function(run)
run:gate()
end }
