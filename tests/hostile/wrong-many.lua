-- as: classifier
-- status: 1
-- error: 
return { api = 1, classify = function(d)
return nil, nil, nil, table.unpack({}, 1, 100000)
end }
