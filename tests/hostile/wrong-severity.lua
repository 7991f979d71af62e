-- as: classifier
-- status: 3
-- error: as severity
return { api = 1, classify = function(d)
return nil, 'fatal'
end }
