-- as: classifier
-- status: 3
-- error: the scripts of this run took longer than 200 ms
-- options: MANY --sandbox strict --script-run-time 200ms
return { api = 1, classify = function(d)
for i = 1, 1e6 do local x = i end
end }
