-- SHA-256 of a short text, as a Content-Security-Policy wants it: a page names the digests of the one
-- script and the one style that it allows.

-- FIPS 180-4: the first 32 bits behind the point of the square roots of the first 8 primes, and of
-- the cube roots of the first 64.
local first = {
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
}
local constants = {
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
  0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
  0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
  0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
  0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
  0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
  0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
}

local function rotate(x, n)
  return (x >> n | x << 32 - n) & 0xffffffff
end

local function mix(hash, block, at)
  local w = { string.unpack(">I4I4I4I4I4I4I4I4I4I4I4I4I4I4I4I4", block, at) }
  for i = 17, 64 do
    local a, b = w[i - 15], w[i - 2]
    w[i] = w[i - 16] + (rotate(a, 7) ~ rotate(a, 18) ~ a >> 3) + w[i - 7]
      + (rotate(b, 17) ~ rotate(b, 19) ~ b >> 10) & 0xffffffff
  end
  local a, b, c, d, e, f, g, h = table.unpack(hash)
  for i = 1, 64 do
    local one = h + (rotate(e, 6) ~ rotate(e, 11) ~ rotate(e, 25)) + (e & f ~ ~e & g) + constants[i] + w[i]
    local two = (rotate(a, 2) ~ rotate(a, 13) ~ rotate(a, 22)) + (a & b ~ a & c ~ b & c)
    h, g, f, e, d, c, b, a = g, f, e, d + one & 0xffffffff, c, b, a, one + two & 0xffffffff
  end
  for i, x in ipairs({ a, b, c, d, e, f, g, h }) do
    hash[i] = hash[i] + x & 0xffffffff
  end
end

local letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

local function base64(bytes)
  return (bytes:gsub("..?.?", function(part)
    local n = 0
    for i = 1, 3 do
      n = n << 8 | (part:byte(i) or 0)
    end
    local text = ""
    for shift = 18, 18 - 6 * #part, -6 do
      local at = (n >> shift & 63) + 1
      text = text .. letters:sub(at, at)
    end
    return text .. string.rep("=", 3 - #part)
  end))
end

-- "'sha256-...'"
return function(text)
  local hash = table.move(first, 1, 8, 1, {})
  local tail = text .. "\x80" .. string.rep("\0", (55 - #text) % 64) .. string.pack(">I8", #text * 8)
  for at = 1, #tail, 64 do
    mix(hash, tail, at)
  end
  return "'sha256-" .. base64(string.pack(">I4I4I4I4I4I4I4I4", table.unpack(hash))) .. "'"
end
