-- as: profile
-- status: 3
-- error: bad argument
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' },
  gates = function(run)
run:gate('a', 1, 1, 'yes')
end }
