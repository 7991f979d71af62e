-- as: profile
-- status: 3
-- error: :5: api: 
return {
 api = {}, name = 'x', documents = { 'd.json' } }
