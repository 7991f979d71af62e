-- as: classifier
-- status: 3
-- error: classify returned a table as class
return { api = 1, classify = function(d)
return {}
end }
