-- Two emulators just before the first guest instruction: what their snapshots hold, which parts
-- may differ, and which checks must pass before anything else can be interpreted.
--
-- The words, the order and the equality rules are those of the tool that this profile replaces,
-- so that reports do not change. Inherit from it to make a profile of your own:
--     local p = require "diverge.profile.phase-b"; p.name = "house"; ...; return p

local documents = { "cpu_state.json", "memory.json", "kernel.json", "vfs.json", "config.json" }

-- Empty, zero, false and null are no hash.
local function or_empty(v)
  local kind = diverge.type(v)
  local empty = v == nil or v == diverge.null or v == false or v == "" or v == 0
    or (kind == "array" or kind == "object") and #v == 0
  return empty and "" or v
end

local function gates(run)
  local sides = { run.left, run.right }
  local config, cpu = {}, {}
  for _, part in ipairs({ { "config.json", config }, { "cpu_state.json", cpu } }) do
    for i, side in ipairs(sides) do
      if not side:exists(part[1]) then
        run:gate("file_present:" .. side:path_of(part[1]), "", "", false, { stop = true })
        return
      end
      part[2][i] = side:document(part[1])
    end
  end

  local entry = { config[1].xex_entry_point, config[2].xex_entry_point }
  local pc = { cpu[1].pc, cpu[2].pc }
  local str = diverge.str
  run:gate("xex_entry_point", str(entry[1]), str(entry[2]), diverge.equal(entry[1], entry[2]),
    { stop = true })
  run:gate("cpu_state.pc == xex_entry_point", str(pc[1]) .. " == " .. str(entry[1]),
    str(pc[2]) .. " == " .. str(entry[2]),
    diverge.equal(pc[1], entry[1]) and diverge.equal(pc[2], entry[2]), { stop = true })

  local hash = { config[1].image_loaded_sha256, config[2].image_loaded_sha256 }
  local same = diverge.equal(hash[1], hash[2])
  local where = run:option("xex-json")
  local canonical = where and run.left:exists("image.bin") and run.right:exists("image.bin")
  run:gate("image_loaded_sha256 (raw)", or_empty(hash[1]), or_empty(hash[2]), same,
    { stop = not canonical })
  if canonical then
    local image = require "diverge.util.phase-b-image"
    local left, right = image.canonical(run, where, run:json("xex-json"))
    run:gate("image_canonical_sha256", left, right, left == right, { stop = true })
  end
end

return {
  api = 1,
  name = "phase-b",
  title = "Phase B snapshot diff",
  sides = { left = "canary", right = "ours" },
  documents = documents,
  manifest = { file = "manifest.json", at = "files" },
  reading = { nonfinite = true, duplicates = "last", numbers = "double", root = "object" },
  kinds = {
    ["member-missing"] = "missing-field",
    ["member-extra"] = "extra-field",
    ["element-missing"] = "missing-from-ours",
    ["element-extra"] = "extra-in-ours",
    ["length"] = "seq-length",
    ["file-missing"] = "missing-file",
    ["file-extra"] = "missing-file",
    ["hash-mismatch"] = "manifest-hash-mismatch",
  },
  arrays = "position",
  surplus = "length",
  absent_on_both = "left",
  output = { beside = "left", name = "report.md" },
  skip = {
    ["*"] = { "schema_version", "engine", "deterministic_skip" },
    ["cpu_state.json"] = { "hw_id" },
    ["kernel.json"] = { "raw_handle_id", "exports_registered_count" },
    ["config.json"] = {
      "build_id", "iso_path", "host_ns_at_snapshot", "wall_clock_iso8601", "cli_argv",
      "cvars.phase_b_snapshot_dir",
    },
    from_document = "deterministic_skip",
  },
  keyed = {
    ["kernel.json"] = { objects = "handle_semantic_id", handle_name_table = "name" },
    ["vfs.json"] = { cache_root_listing = "relpath" },
    ["memory.json"] = { heaps = "base" },
  },
  classify = "phase-b",
  default_class = "gamma-kernel-content",
  classes = {
    { name = "sigma-structural", title = "σ-structural divergences (priority 1)" },
    { name = "delta-content-STOP", title = "δ-content STOP divergences" },
    { name = "delta-content", title = "δ-content divergences (priority 2)" },
    { name = "gamma-kernel-content", title = "γ-kernel-content divergences (priority 2)" },
    { name = "kappa-cache", title = "κ-cache divergences (re-run after pre-clean)" },
    { name = "epsilon-host-allocator", title = "ε-host-allocator (informational)", severity = "info" },
    { name = "tau-host-timing", title = "τ-host-timing (informational)", severity = "info" },
  },
  gates = gates,
  options = {
    ["xex-json"] = {
      type = "file",
      help = "metadata of the executable; with image.bin on both sides, its imports are masked",
    },
  },
  reports = { "phase-b", "phase-b-json" },
}
