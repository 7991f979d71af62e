-- report.md of the phase-b profile, byte for byte as its readers know it: nothing is escaped, and
-- the last line has no newline. Each line but the first begins with the newline that ends the one
-- before it.

local words = require "diverge.util.phase-b"

local text = diverge.utf8

local function begin(out, run)
  local left, right = run.sides.left, run.sides.right
  out:write("# ", run.title, "\n\n- ", left.name, " snapshot: `", text(left.path), "`\n- ",
    right.name, " snapshot: `", text(right.path), "`\n\n## Invariants (HARD GATE)\n\n",
    "| invariant | ", left.name, " | ", right.name, " | ok? |\n|---|---|---|---|")
  for _, row in ipairs(run.gates) do
    out:write("\n| ", text(row.name), " | `", text(diverge.str(row.left)), "` | `",
      text(diverge.str(row.right)), "` | ", row.ok and "PASS" or "FAIL", " |")
  end
  out:write("\n")
  if run.stop then
    out:write("\n> **STOP**: a primary equivalence invariant failed. Downstream divergences are ",
      "not interpretable until this is resolved. Re-run with `--phase-b-dump-section-content` on ",
      "both engines and binary-diff the regions to localize.\n")
  end
  out:write("\n## File-level summary\n\n| file | status | divergence count by class |\n|---|---|---|")
  for _, f in ipairs(run.files) do
    local counts = {}
    for _, class in ipairs(run.classes) do
      local n = f.counts[class.name]
      if n and n > 0 then
        counts[#counts + 1] = class.name .. "=" .. n
      end
    end
    out:write("\n| ", f.name, " | ", words.status[f.status], " | ", table.concat(counts, " "), " |")
  end
end

local function section(out, class)
  out:write("\n\n## ", class.title, "\n")
end

local function divergence(out, d)
  local kind = d.kind
  local shown = words.shown[kind]
  out:write("\n- **", d.file, "** `", text(d.path), "`: kind=`", kind, "` canary=`")
  if shown then
    out:repr(shown(d, "left")):write("` ours=`"):repr(shown(d, "right")):write("`")
  else
    out:repr(d.left):write("` ours=`"):repr(d.right):write("`")
  end
end

local function omitted(out, _, n)
  out:write("\n- _… ", n, " more in this class (see report.json)_")
end

local function finish(out)
  out:write("\n\n## Phase C handoff\n\nSuggested attack order: σ first (structural), then γ ranked by ",
    "object type (Thread > Event > Semaphore > Mutex > Timer > File > Other), then δ. ",
    "ε and τ are catalog-only.")
end

return { api = 1, name = "phase-b", extension = "md", order = "class", limit = 200,
  begin = begin, section = section, divergence = divergence, omitted = omitted, finish = finish }
