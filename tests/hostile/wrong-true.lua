-- as: classifier
-- status: 3
-- error: classify returned true as class
return { api = 1, classify = function(d)
return true
end }
