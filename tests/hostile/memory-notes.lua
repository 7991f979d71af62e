-- as: classifier
-- status: 3
-- error: the notes of classify hold more than
-- options: MANY --script-time 5s
return { api = 1, classify = function(d)
return nil, nil, ('x'):rep(4000) .. d.path
end }
