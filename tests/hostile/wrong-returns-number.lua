-- as: profile
-- status: 3
-- error: :4: a script returns one table, and this returned a number
return 42
