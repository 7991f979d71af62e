-- as: classifier
-- status: 3
-- error: the script ran longer than 300 ms
return { api = 1, classify = function(d)
while true do local p = d.path, d.left, d.pointer end
end }
