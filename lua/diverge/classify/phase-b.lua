-- The classes of the phase-b profile: the first test that hits decides.

local stop = {
  ["config.json"] = { xex_entry_point = true, iso_sha256 = true },
}
local structural = {
  ["missing-field"] = true, ["extra-field"] = true, ["seq-length"] = true,
  ["missing-file"] = true, ["manifest-hash-mismatch"] = true,
}
-- These two never match a real path, which says heaps[base=...]: kept, so that no report changes.
local epsilon = { ["heaps[].base"] = true, ["heaps[].name"] = true }
local tau = { host_ns_at_snapshot = true, wall_clock_iso8601 = true }

local function classify(d)
  local file, path = d.file, d.path
  local stops = stop[file]
  if stops and stops[path] then
    return "delta-content-STOP"
  elseif structural[d.kind] then
    return "sigma-structural"
  elseif path:sub(-7) == ".sha256" or path:sub(-7) == "_sha256" then
    return "delta-content"
  elseif path:sub(1, 8) == "objects[" and path:find(".details.", 1, true) then
    return "gamma-kernel-content"
  elseif file == "vfs.json" and path:sub(1, 18) == "cache_root_listing" then
    return "kappa-cache"
  elseif epsilon[path] then
    return "epsilon-host-allocator"
  elseif tau[path] then
    return "tau-host-timing"
  end
  return "gamma-kernel-content"
end

return { api = 1, name = "phase-b", classify = classify }
