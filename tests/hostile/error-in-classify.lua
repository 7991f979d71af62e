-- as: classifier
-- status: 3
-- error: the error value is a table value \(at 
return { api = 1, classify = function(d)
error({})
end }
