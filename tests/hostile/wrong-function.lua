-- as: classifier
-- status: 3
-- error: classify returned a function as class
return { api = 1, classify = function(d)
return function() end
end }
