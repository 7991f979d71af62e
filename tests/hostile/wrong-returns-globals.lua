-- as: profile
-- status: 3
-- error: lacks `api`
return _ENV
