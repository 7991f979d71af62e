-- as: classifier
-- status: 3
-- error: as note
return { api = 1, classify = function(d)
return nil, nil, 'a\0b'
end }
