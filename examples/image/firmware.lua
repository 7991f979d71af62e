-- Two builds of a firmware: their settings, and what is in flash. An image of another layout than
-- phase-b knows: it begins where the layout says, what was never written is 0xFF, and each build
-- stamps its serial number and checksum over places of its own. Those are set aside on both sides;
-- a difference anywhere else means that the builds are not of one source, and nothing more need be
-- compared.

local function gates(run)
  local left, right = run.left:document "layout.json", run.right:document "layout.json"
  local same = diverge.equal(left.base, right.base)
  run:gate("flash begins at", left.base, right.base, same, { stop = true })
  if not same then
    return
  end

  -- What either side stamps is masked on both.
  local image = run:image("flash.bin", { base = left.base, fill = 0xFF })
  for _, layout in ipairs { left, right } do
    for _, stamp in ipairs(layout.stamped) do
      image:mask(stamp.address, stamp.length)
    end
  end
  local a, b = image:sha256()
  run:gate("flash without its stamps", a, b, a == b, { stop = true })
  run:gate("flash as it is", run.left:sha256 "flash.bin", run.right:sha256 "flash.bin",
    run.left:sha256 "flash.bin" == run.right:sha256 "flash.bin")
end

return {
  api = 1, name = "firmware", title = "Firmware builds",
  sides = { left = "before", right = "after" },
  documents = { "settings.json" },
  gates = gates,
  classes = { { name = "setting", title = "Settings" } },

  -- The report of the same file: --profile firmware.lua --report firmware.lua.
  gate = function(out, row)
    out:write(row.ok and "pass  " or row.stop and "STOP  " or "fail  ", row.name, "\n")
  end,
  divergence = function(out, d)
    out:write(d.path, ": ", d:text "left" or "nothing", " -> ", d:text "right" or "nothing", "\n")
  end,
}
