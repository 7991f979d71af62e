-- as: profile
-- status: 3
-- error: this returned function
return function() end
