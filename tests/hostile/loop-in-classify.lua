-- as: classifier
-- status: 3
-- error: :[45]: the script ran longer than 300 ms
return { api = 1, classify = function(d)
while true do end
end }
