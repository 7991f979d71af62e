-- as: classifier
-- status: 3
-- error: classify returned a number as class
return { api = 1, classify = function(d)
return 42
end }
