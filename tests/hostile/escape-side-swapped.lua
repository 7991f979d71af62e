-- as: profile
-- status: 3
-- error: call it as run.left:name
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' },
  gates = function(run)
run.left.document(run:image('d.json', {}), 'd.json')
end }
