-- as: classifier
-- status: 3
-- error: not a divergence
return { api = 1, classify = function(d)
d.copy(diverge.null)
end }
