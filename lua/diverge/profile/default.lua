-- Any two snapshots: every file below two directories, or two JSON documents.
--
-- Files that are called *.json are compared value by value, others byte by byte. Nothing is left
-- out: hidden files, empty directories and what only one side has count too. Numbers are the same
-- if they are the same number, however many digits they have; 1 and 1.0 are not of one type.
-- Inherit from it to make a profile of your own:
--     local p = require "diverge.profile.default"; p.name = "house"; ...; return p

return {
  api = 1,
  name = "default",
  title = "Differences between two snapshots",
  documents = { "**/*.json" },
  bytes = { "**" },
  classify = "default",
  classes = require("diverge.classify.default").classes,
  reports = { "text" },
}
