return {
  timers_are_the_houses = function(t)
    local class, severity = t:class { file = "timers.json", path = "timers[name=a].period", left = 1, right = 2 }
    t:equal(class, "house-timers")
    t:equal(severity, "warning")
  end,

  the_rest_is_as_before = function(t)
    t:equal(t:class { file = "cpu_state.json", path = "gpr[3]", left = 1, right = 2 }, "gamma-kernel-content")
    t:equal(t:class { file = "kernel.json", path = "objects", kind = "seq-length", left = {}, right = {} },
      "sigma-structural")
    t:equal(t:class { file = "config.json", path = "iso_sha256", left = "a", right = "b" }, "delta-content-STOP")
  end,

  thread_numbers_are_skipped = function(t)
    t:equal(t:run({ thread_serial = 1, hw_id = 1 }, { thread_serial = 2, hw_id = 2 }).verdict, "same")
    t:equal(t:run({ thread_serial = 1 }, { thread_serial = 1, pc = 2 }).verdict, "different")
  end,

  timers_are_matched_by_name = function(t)
    local left = { timers = { { name = "a", period = 1 }, { name = "b", period = 2 } } }
    local right = { timers = { { name = "b", period = 2 }, { name = "a", period = 1 } } }
    t:equal(t:run(left, right, { file = "timers.json" }).verdict, "same")
  end,
}
