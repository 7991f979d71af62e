-- SHA-256 in plain Lua 5.4, for test data only: `dofile("sha256.lua")(text)` is the lower-case
-- hexadecimal digest of `text`. Words are kept in the low 32 bits of Lua's 64-bit integers.

local function primes(count)
  local list, n = {}, 2
  while #list < count do
    local prime = true
    for _, p in ipairs(list) do
      if p * p > n then break end
      if n % p == 0 then prime = false break end
    end
    if prime then list[#list + 1] = n end
    n = n + 1
  end
  return list
end

-- The first 32 bits of the fraction of prime^(1/root), found in integers so that no machine's
-- floating point has a say: the largest x with x^root <= prime * 2^(32*root), bit by bit.
local function fraction(prime, root)
  local function fits(x) -- x has at most 36 bits; compare x^root with prime << 32*root in limbs
    local limbs = { 1 }
    for _ = 1, root do
      local product = {}
      for i, limb in ipairs(limbs) do
        local low, high = x & 0xFFFFF, x >> 20
        product[i] = (product[i] or 0) + limb * low
        product[i + 1] = (product[i + 1] or 0) + limb * high
      end
      local carry = 0
      for i = 1, #product do
        local sum = product[i] + carry
        product[i], carry = sum & 0xFFFFF, sum >> 20
      end
      while carry > 0 do
        product[#product + 1] = carry & 0xFFFFF
        carry = carry >> 20
      end
      limbs = product
    end
    local shift = 32 * root
    local bound, place = {}, shift // 20 + 1
    local wide = prime << (shift % 20)
    while wide > 0 do
      bound[place] = wide & 0xFFFFF
      wide = wide >> 20
      place = place + 1
    end
    for i = math.max(#limbs, place), 1, -1 do
      local a, b = limbs[i] or 0, bound[i] or 0
      if a ~= b then return a < b end
    end
    return true
  end
  local x = 0
  for bit = 36, 0, -1 do
    if fits(x | (1 << bit)) then x = x | (1 << bit) end
  end
  return x & 0xFFFFFFFF
end

local K, START = {}, {}
for i, p in ipairs(primes(64)) do
  K[i] = fraction(p, 3)
  if i <= 8 then START[i] = fraction(p, 2) end
end

local UNPACK = ">" .. ("I4"):rep(16)

local function block(state, text, at, w)
  w[1], w[2], w[3], w[4], w[5], w[6], w[7], w[8], w[9], w[10], w[11], w[12], w[13], w[14], w[15],
    w[16] = UNPACK:unpack(text, at)
  for i = 17, 64 do
    local x, y = w[i - 15], w[i - 2]
    x = x | x << 32 -- a word twice in 64 bits: a shift right is then a rotation
    y = y | y << 32
    w[i] = (w[i - 16] + w[i - 7] + ((x >> 7 ~ x >> 18 ~ (x & 0xFFFFFFFF) >> 3) & 0xFFFFFFFF)
      + ((y >> 17 ~ y >> 19 ~ (y & 0xFFFFFFFF) >> 10) & 0xFFFFFFFF)) & 0xFFFFFFFF
  end
  local a, b, c, d, e, f, g, h = table.unpack(state)
  for i = 1, 64 do
    local ee, aa = e | e << 32, a | a << 32
    local t = h + ((ee >> 6 ~ ee >> 11 ~ ee >> 25) & 0xFFFFFFFF) + (g ~ e & (f ~ g)) + K[i] + w[i]
    local u = ((aa >> 2 ~ aa >> 13 ~ aa >> 22) & 0xFFFFFFFF) + (a & b | c & (a | b))
    h, g, f, e, d, c, b, a = g, f, e, (d + t) & 0xFFFFFFFF, c, b, a, (t + u) & 0xFFFFFFFF
  end
  state[1], state[2] = (state[1] + a) & 0xFFFFFFFF, (state[2] + b) & 0xFFFFFFFF
  state[3], state[4] = (state[3] + c) & 0xFFFFFFFF, (state[4] + d) & 0xFFFFFFFF
  state[5], state[6] = (state[5] + e) & 0xFFFFFFFF, (state[6] + f) & 0xFFFFFFFF
  state[7], state[8] = (state[7] + g) & 0xFFFFFFFF, (state[8] + h) & 0xFFFFFFFF
end

return function(text)
  local state, w = { table.unpack(START) }, {}
  local whole = #text - #text % 64
  for at = 1, whole, 64 do block(state, text, at, w) end
  local tail = text:sub(whole + 1) .. "\x80"
  tail = tail .. ("\0"):rep((56 - #tail) % 64) .. (">I8"):pack(#text * 8)
  for at = 1, #tail, 64 do block(state, tail, at, w) end
  return ("%08x"):rep(8):format(table.unpack(state))
end
