-- as: profile
-- status: 3
-- error: no value that a gate can show
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' },
  gates = function(run)
run:gate('a', {}, 1, true)
end }
