-- as: classifier
-- status: 3
-- error: there is no such class
return { api = 1, classify = function(d)
return 'a\n\27[31m\0b'
end }
