-- Nothing to test but what every script sees: see values_test.lua.
return {}
