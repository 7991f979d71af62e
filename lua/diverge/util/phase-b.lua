-- What the two reports of the phase-b profile have in common: their words for a file's status,
-- and what they show in place of a divergence's values.

local M = {}

M.status = {
  compared = "diverged",
  identical = "identical",
  same = "identical",
  ["missing-left"] = "missing-in-canary",
  ["missing-right"] = "missing-in-ours",
  outside = "outside",
}

-- For a kind whose values are not what stands at the path: what is shown for a side.
M.shown = {
  -- an element that only one side has is shown by its key
  ["missing-from-ours"] = function(d, side) if side == "left" then return d.key end end,
  ["extra-in-ours"] = function(d, side) if side == "right" then return d.key end end,
  ["seq-length"] = function(d, side) return #d[side] end,
  ["missing-file"] = function(d, side)
    local kind = side == "left" and d.left_type or d.right_type
    return kind == "absent" and "absent" or "present"
  end,
}

return M
