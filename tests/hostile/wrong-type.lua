-- as: profile
-- status: 3
-- error: :6: documents: expected a table, and this is a number
return {
 api = 1, name = 'x',
 documents = 5 }
