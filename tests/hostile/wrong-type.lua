-- as: profile
-- status: 3
-- error: :6: documents: expected a table, and this is the number 5
return {
 api = 1, name = 'x',
 documents = 5 }
