-- as: classifier
-- status: 3
-- error: attempt to yield from outside a coroutine
return { api = 1, classify = function(d)
coroutine.yield()
end }
