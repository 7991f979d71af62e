-- as: classifier
-- status: 3
-- error: there is no such class
return { api = 1, classify = function(d)
return 'no-such-class'
end }
