-- as: classifier
-- status: 1
-- error: 
return { api = 1, classify = function(d)
return nil, nil, '\27[31m\n\r'
end }
