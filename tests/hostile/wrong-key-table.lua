-- as: profile
-- status: 3
-- error: :4: expected fields by their names, and one is a table
return {
 api = 1, name = 'x', documents = { 'd.json' },
 [{}] = 1 }
