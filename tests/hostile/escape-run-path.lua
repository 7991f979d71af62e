-- as: profile
-- status: 3
-- error: not a name of a file
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' },
  gates = function(run)
run.left:document('../../etc/passwd')
end }
