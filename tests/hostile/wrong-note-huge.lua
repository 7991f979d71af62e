-- as: classifier
-- status: 3
-- error: as note
return { api = 1, classify = function(d)
return nil, nil, ('x'):rep(1 << 20)
end }
