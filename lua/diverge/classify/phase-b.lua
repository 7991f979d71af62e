-- The classes of the phase-b profile: the first test that hits decides.

local stop = {
  ["config.json"] = { xex_entry_point = true, iso_sha256 = true },
}
local structural = {
  ["missing-field"] = true, ["extra-field"] = true, ["seq-length"] = true,
  ["missing-file"] = true, ["manifest-hash-mismatch"] = true,
}
local digest = { [".sha256"] = true, ["_sha256"] = true }
local by_path = {
  -- These two never match a real path, which says heaps[base=...]: kept, so that no report changes.
  ["heaps[].base"] = "epsilon-host-allocator", ["heaps[].name"] = "epsilon-host-allocator",
  host_ns_at_snapshot = "tau-host-timing", wall_clock_iso8601 = "tau-host-timing",
}
local sub, byte = string.sub, string.byte

-- A path is spelled out when it is read, so that is done last; a byte of it is no new string.
local function classify(d)
  local file = d.file
  local stops = stop[file]
  if stops and stops[d.path] then
    return "delta-content-STOP"
  elseif structural[d.kind] then
    return "sigma-structural"
  end
  local path = d.path
  if byte(path, -1) == 0x36 and digest[sub(path, -7)] then -- "6"
    return "delta-content"
  elseif byte(path, 8) == 0x5B and sub(path, 1, 8) == "objects[" then -- "[": no test below hits
    return "gamma-kernel-content"
  elseif file == "vfs.json" and sub(path, 1, 18) == "cache_root_listing" then
    return "kappa-cache"
  end
  return by_path[path] or "gamma-kernel-content"
end

return { api = 1, name = "phase-b", classify = classify }
