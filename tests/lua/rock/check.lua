-- Checks for the tests of the module: they raise at the line of the test, and are counted.
local check = { count = 0 }

local function show(v)
  return type(v) == "string" and ("%q"):format(v) or tostring(v)
end

function check.equal(got, wanted, what)
  check.count = check.count + 1
  if got ~= wanted or math.type(got) ~= math.type(wanted) then
    error((what and what .. ": " or "") .. "got " .. show(got) .. ", wanted " .. show(wanted), 2)
  end
end

function check.has(text, part)
  check.count = check.count + 1
  if type(text) ~= "string" or not text:find(part, 1, true) then
    error("got " .. show(text) .. ", which lacks " .. show(part), 2)
  end
end

-- The call raises an error that holds `part`.
function check.raises(part, f, ...)
  check.count = check.count + 1
  local ok, message = pcall(f, ...)
  if ok then
    error("nothing was raised", 2)
  elseif not tostring(message):find(part, 1, true) then
    error("raised " .. show(message) .. ", which lacks " .. show(part), 2)
  end
end

-- The results are nil, a message that holds `part`, and `code`.
function check.fails(code, part, ...)
  check.count = check.count + 1
  local value, message, got = ...
  if value ~= nil or got ~= code or not tostring(message):find(part, 1, true) then
    error("got " .. show(value) .. ", " .. show(message) .. ", " .. show(got), 2)
  end
end

function check.write(name, text)
  local file = assert(io.open(name, "wb"))
  assert(file:write(text))
  assert(file:close())
end

function check.done()
  print(check.count .. " checks")
end

return check
