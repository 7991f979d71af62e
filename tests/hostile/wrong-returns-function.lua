-- as: profile
-- status: 3
-- error: this returned a function
return function() end
