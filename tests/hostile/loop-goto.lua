-- as: profile
-- status: 3
-- error: :[45]: the script ran longer than 300 ms
::again:: goto again
return { api = 1, name = 'hostile', documents = { 'd.json' }, reports = { '../plain.lua' }, }
