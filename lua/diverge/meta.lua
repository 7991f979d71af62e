---@meta diverge
-- Types of everything that a script of diverge sees, for editors that know LuaLS annotations. It is
-- read by editors only: point `workspace.library` at the folder it stands in, and begin a script with
--
--     ---@type diverge.Script
--     return { api = 1, ... }
--
-- docs/scripting.md tells what each of these means; a test keeps both and the program in step.

-- What a script returns ---------------------------------------------------------------------------

---@alias diverge.Severity "info"|"warning"|"error"
---@alias diverge.SideName "left"|"right"
---@alias diverge.Kind
---| "value" # two scalars of one type differ
---| "type-mismatch" # the types differ
---| "member-missing" # an object lacks a member on the right
---| "member-extra" # an object lacks a member on the left
---| "element-missing" # an array lacks an element on the right
---| "element-extra" # an array lacks an element on the left
---| "element-moved" # an element of a sequence stands elsewhere
---| "reordered" # the elements of an array have another order
---| "length" # two sequences have different lengths
---| "duplicate" # occurrences of a repeated name or key differ
---| "file-missing" # the document is absent on the right
---| "file-extra" # the document is absent on the left, or on both sides
---| "hash-mismatch" # a manifest's claim is not the file's digest
---| "keyless" # elements of a keyed array that have no key differ
---| "file-type" # a file here, a directory or a dead link there
---| "bytes" # two files that are compared as bytes differ
---@alias diverge.Json diverge.Value|diverge.Bigint|string|number|boolean|lightuserdata

---A script: a profile, a classifier, a report, or all three in one table.
---@class diverge.Script
---@field api 1
---@field name? string how a report calls the profile; a profile needs one
---@field title? string for people
---@field help? string shown by --help-script
---@field options? table<string, diverge.Option> by their names on the command line
---@field classify? (fun(d: diverge.Divergence): string|false|nil, diverge.Severity?, string?)|string
---@field classes? diverge.Class[] in the order of reports
---@field rules? diverge.Rule[]
---@field documents? string[] makes a profile: names and globs of documents, in the order of reports
---@field bytes? string[] names and globs of files that are compared byte by byte
---@field arrays? "infer"|"position"|"sequence"|"multiset"|"best" how arrays are matched of which nothing is said
---@field surplus? "each"|"length" what is told of sequences that are not equally long
---@field sides? diverge.Sides
---@field manifest? diverge.Manifest
---@field reading? diverge.Reading
---@field kinds? table<diverge.Kind, string> other names of kinds
---@field absent_on_both? diverge.SideName
---@field output? diverge.Output
---@field skip? table<string, string[]|string> by document, "*" for all; `from_document` names a member
---@field keyed? table<string, table<string, string>> by document: array name to key
---@field default_class? string the first class, where none is named
---@field gates? fun(run: diverge.Gates)
---@field reports? string[]
---@field extension? string of a report's file, without the dot
---@field order? "class"|"walk"|"shape"
---@field limit? integer divergences a section, or in all
---@field rows? table<string, diverge.Fields|false> by kind: what writes it instead of `divergence`
---@field between? string written between two divergences
---@field begin? fun(out: diverge.Out, run: diverge.Run)
---@field gate? fun(out: diverge.Out, row: diverge.Row)
---@field file? fun(out: diverge.Out, f: diverge.File)
---@field section? fun(out: diverge.Out, class: diverge.ClassCount)
---@field divergence? fun(out: diverge.Out, d: diverge.Divergence)
---@field shape? fun(out: diverge.Out, s: diverge.Shape): integer? how many to list; nil for all
---@field omitted? fun(out: diverge.Out, class: diverge.ClassCount?, n: integer)
---@field group? fun(out: diverge.Out, class: diverge.ClassCount, f: diverge.File, n: integer)
---@field suppressed? fun(out: diverge.Out, d: diverge.Divergence)
---@field finish? fun(out: diverge.Out, run: diverge.Run)

---@class diverge.Sides
---@field left? string
---@field right? string

---@class diverge.Manifest
---@field file string
---@field at string the member of its root that maps names to digests

---@class diverge.Reading
---@field nonfinite? boolean take NaN, Infinity and -Infinity
---@field duplicates? "report"|"last"|"refuse"
---@field numbers? "exact"|"double"
---@field root? "any"|"object"
---@field depth? integer
---@field integer_digits? integer

---@class diverge.Output
---@field beside diverge.SideName
---@field name string

---@class diverge.Class
---@field name string
---@field title? string
---@field severity? diverge.Severity "error" where nothing is said

---@class diverge.Option
---@field type "file"|"text"|"number"|"flag"
---@field help? string

---Decided without a call of Lua; per effect, the first rule that hits and names it decides.
---@class diverge.Rule
---@field file? string a glob for the names of documents; every one, where nothing is said
---@field at? string a pattern, or a JSON Pointer into either document; "" is the root; every place, where nothing is said
---@field kind? string as the profile, or diverge.Kind, names it
---@field side? diverge.SideName the one side that the divergence is on
---@field ignore? true hide the place; with `kind` or `side`, set aside the divergence
---@field match? "infer"|"position"|"sequence"|"key"|"multiset"|"best" how the elements of the array are matched
---@field key? string|string[] the member by which they are, or several, each a name or a path, for match = "key"
---@field class? string
---@field severity? diverge.Severity
---@field why? string for people; the note of what the rule classed
---@field tolerance? diverge.Tolerance numbers that are near enough are equal
---@field normalize? diverge.Form|diverge.Form[]|fun(value: diverge.Json): diverge.Json values are equal if they are in these forms, or if the function makes the same of them
---@field negative_zero? "different" -0.0 and 0.0 are two numbers
---@field rename? table<string, string> of an object: the name that a member has on the right, by its left name

---Numbers that are within one of `abs`, `rel` and `ulp` are equal.
---@class diverge.Tolerance
---@field abs? number
---@field rel? number a part of the greater of both
---@field ulp? integer steps from double to double
---@field nan? "equal"

---@alias diverge.Form "case"|"trim"|"hex"|"null-absent"

-- What a classifier sees --------------------------------------------------------------------------

---The divergence at hand. Between calls it cannot be used; `d:copy()` keeps one.
---@class diverge.Divergence
---@field file string the document
---@field path string "a.b[3].c"
---@field pointer string the same as a JSON Pointer
---@field quoted string the same as a pattern that matches this place and none of its siblings
---@field kind string as the profile names it
---@field plain_kind diverge.Kind
---@field left diverge.Json? nil: the side has nothing there
---@field right diverge.Json?
---@field left_type string as diverge.type says
---@field right_type string
---@field key diverge.Json? of an element that was matched by key
---@field index integer? of an element, from 0
---@field depth integer steps to the root
---@field side diverge.SideName? the one side that the divergence is on
---@field rule string? in reports: the rule that named the class, or else the severity
---@field pattern string its shape, a pattern that matches it and its siblings: "a.b[*].c"
---@field severity diverge.Severity? in reports
---@field class string? in reports; nil where it was suppressed
---@field note string? in reports
---@field suppressed_by string? in reports: the script
local Divergence = {}

---One that stays after the call.
---@return diverge.Divergence
function Divergence:copy() end

---The literal of a number, the characters of a string, compact JSON of anything else.
---@param side diverge.SideName
---@return string? text nil where the side has nothing
function Divergence:text(side) end

---As Python prints it.
---@param side diverge.SideName
---@return string
function Divergence:repr(side) end

---For people, in at most so many columns.
---@param side diverge.SideName
---@param most integer
---@return string? text nil where the side has nothing
---@return integer? size of the whole, where the text is cut: characters, elements or members
---@return integer? before characters before the text, where it begins late
function Divergence:brief(side, most) end

-- What a report sees ------------------------------------------------------------------------------

---Where a report writes. Every method returns it.
---@class diverge.Out
local Out = {}

---@param ... string|number|diverge.Bigint
---@return diverge.Out
function Out:write(...) end

---@param v any
---@param style? diverge.StyleFields|diverge.Style
---@return diverge.Out
function Out:json(v, style) end

---@param d diverge.Divergence
---@param row diverge.Fields
---@return diverge.Out
function Out:row(d, row) end

---Each argument made harmless for a terminal.
---@param ... string|number|diverge.Bigint
---@return diverge.Out
function Out:terminal(...) end

---@param ... string|number|diverge.Bigint
---@return diverge.Out
function Out:html(...) end

---@param ... string|number|diverge.Bigint
---@return diverge.Out
function Out:xml(...) end

---@param ... string|number|diverge.Bigint
---@return diverge.Out
function Out:markdown(...) end

---Each argument as a code span of Markdown.
---@param ... string|number|diverge.Bigint
---@return diverge.Out
function Out:code(...) end

---As Python's repr.
---@param v diverge.Json?
---@return diverge.Out
function Out:repr(v) end

---As Python's str: a string as it is.
---@param v diverge.Json?
---@return diverge.Out
function Out:str(v) end

---What was compared, and what came of it.
---@class diverge.Run
---@field title string
---@field profile string its name
---@field sides { left: diverge.RunSide, right: diverge.RunSide }
---@field files diverge.File[]
---@field gates diverge.Row[]
---@field classes diverge.ClassCount[]
---@field counts table<string, integer> divergences by class; classes without any are left out
---@field count integer divergences that count
---@field suppressed integer divergences that classifiers suppressed
---@field stop boolean a gate that stops failed
---@field verdict "same"|"different"|"stop"
---@field severities table<diverge.Severity, integer> divergences by severity
---@field version string of the program
---@field color boolean may the report use colours?
---@field columns integer of the terminal; 0: not known
---@field show_suppressed boolean suppressed divergences are to be listed
---@field ledger diverge.Ledger
---@field rules diverge.RuleCount[] in the order in which they are asked
---@field inferred diverge.Inferred[] the keys that were found for arrays

---What became of a rule.
---@class diverge.Inferred
---@field file string
---@field pattern string of the arrays
---@field key string the member that tells their elements apart
---@field arrays integer how many
---@field left integer elements on the left
---@field right integer elements on the right
---@field common integer values of the key on both sides

---@class diverge.RuleCount
---@field name string "rules[2] of house.lua:14"
---@field file string? its glob
---@field at string? its pattern
---@field why string?
---@field ignore boolean
---@field hits integer times it decided
---@field left_nodes integer that it hid
---@field right_nodes integer
---@field shadowed integer times an earlier rule had decided
---@field shadowed_by string? the first one that had

---@class diverge.RunSide
---@field name string
---@field path string

---@class diverge.File
---@field name string
---@field status "compared"|"identical"|"same"|"missing-left"|"missing-right"|"missing-both"|"outside"
---@field counts table<string, integer>
---@field count integer divergences in it

---@class diverge.Row
---@field name string
---@field left diverge.Json?
---@field right diverge.Json?
---@field ok boolean
---@field stop boolean failing it stops

---@class diverge.ClassCount
---@field name string
---@field title string
---@field severity diverge.Severity
---@field count integer

---Divergences of one file, class, kind and severity whose paths one pattern matches.
---@class diverge.Shape
---@field pattern string
---@field count integer
---@field kind diverge.Kind|string as the profile calls it
---@field plain_kind diverge.Kind
---@field severity diverge.Severity
---@field file diverge.File
---@field class diverge.ClassCount

---What became of everything that was read.
---@class diverge.Ledger
---@field left diverge.LedgerSide
---@field right diverge.LedgerSide
---@field documents integer
---@field walked integer
---@field settled integer
---@field missing integer
---@field skipped integer
---@field suppressed integer
---@field warnings integer
---@field inexact integer
---@field files integer compared byte by byte
---@field files_missing integer of these
---@field folders integer empty ones, on either side
---@field outside integer names that the profile means by none of its globs
---@field files_outside integer that the run was not to look at
---@field ignored integer divergences that rules set aside
---@field alike integer differences that rules call equal

---@class diverge.LedgerSide
---@field read integer
---@field compared integer
---@field one_sided integer
---@field ignored integer
---@field shadowed integer
---@field outside integer of what the run was restricted to

-- What gates see ----------------------------------------------------------------------------------

---@class diverge.Gates
---@field left diverge.Side
---@field right diverge.Side
local Gates = {}

---Add a row. A gate that stops and fails makes the verdict "stop".
---@param name string
---@param left diverge.Json?
---@param right diverge.Json?
---@param ok boolean
---@param settings? { stop: boolean }
function Gates:gate(name, left, right, ok, settings) end

---What the user gave: nil if nothing, false for a flag that was not given.
---@param name string
---@return string|number|boolean|nil
function Gates:option(name) end

---The root of the JSON file that the user named.
---@param option string
---@return diverge.Json?
function Gates:json(option) end

---The image of that name on both sides.
---@param name string
---@param settings { base?: integer|diverge.Bigint, fill?: integer }
---@return diverge.Image
function Gates:image(name, settings) end

---@param text string
function Gates:warn(text) end

---End the run: an input is not what the profile needs.
---@param file string
---@param text string
function Gates:refuse(file, text) end

---One snapshot.
---@class diverge.Side
---@field path string
---@field name string
local Side = {}

---@param name string
---@return boolean
function Side:exists(name) end

---@param name string
---@return diverge.Json
function Side:document(name) end

---@param name string
---@return string
function Side:sha256(name) end

---SHA-256 of the canonical form of a JSON file: the same exactly where a comparison without rules
---finds nothing.
---@param name string
---@return string
function Side:digest(name) end

---@param name string
---@return string
function Side:path_of(name) end

---@class diverge.Image
local Image = {}

---Set bytes aside on both sides.
---@param address integer|number|diverge.Bigint
---@param length integer
---@return diverge.Image
function Image:mask(address, length) end

---@return string left
---@return string right
function Image:sha256() end

-- Values of documents -----------------------------------------------------------------------------

---An array or an object of a document: `#v`, `v[1]`, `v.key`, `ipairs`, `pairs`.
---@class diverge.Value
---@field [string|integer] diverge.Json?

---An integer beyond 64 bits.
---@class diverge.Bigint
---@operator concat(string|number|diverge.Bigint): string
local Bigint = {}

---@return string digits "0xff", in lower case
function Bigint:hex() end

---@return integer? number with the same 64 bits; nil where it does not fit
function Bigint:u64() end

---What JSON is to look like.
---@class diverge.StyleFields
---@field indent? integer spaces a level; without it all stands in one line
---@field level? integer the level to begin at
---@field sort? boolean members by name
---@field ascii? boolean
---@field python? boolean NaN and the infinities as Python writes them
---@field nonfinite? boolean NaN and the infinities as strings
---@field compact? boolean no space at all

---A style that was read once, by diverge.style.
---@class diverge.Style

---A row that was prepared, by diverge.row.
---@class diverge.Fields

-- The module --------------------------------------------------------------------------------------

---A global of every script, and what `require "diverge"` gives.
---@class diverge
---@field null lightuserdata JSON's null
---@field escape diverge.Escapes
diverge = {}

---@param v any
---@return "absent"|"null"|"boolean"|"integer"|"real"|"string"|"array"|"object"|"table"|"function"|"userdata"|"thread"
function diverge.type(v) end

---As Python's `==`: members without order, `1 == 1.0 == true`, nil equals null.
---@param a diverge.Json?
---@param b diverge.Json?
---@return boolean
function diverge.equal(a, b) end

---@param v diverge.Json?
---@return string
function diverge.repr(v) end

---@param v diverge.Json?
---@return string
function diverge.str(v) end

---@param v any
---@param style? diverge.StyleFields|diverge.Style
---@return string
function diverge.json(v, style) end

---A string as it is, anything else as compact JSON.
---@param v any
---@return string
function diverge.text(v) end

---SHA-256 of the canonical form of an array or an object of a document.
---@param v diverge.Value
---@return string
function diverge.digest(v) end

---@param fields diverge.StyleFields
---@return diverge.Style
function diverge.style(fields) end

---Members of an object made of fields of a divergence, for out:row.
---@param fields (string|string[])[]
---@param style? diverge.StyleFields|diverge.Style
---@return diverge.Fields
function diverge.row(fields, style) end

---Lone surrogates as escapes, so that the text is UTF-8.
---@param text string
---@return string
function diverge.utf8(text) end

---The part of a value at a path, spelled as a divergence's is.
---@param v diverge.Json?
---@param path string
---@return diverge.Json?
function diverge.at(v, path) end

---A value for people, in at most so many columns.
---@param v diverge.Json?
---@param most integer
---@return string text
---@return integer? size of the whole, where the text is cut
function diverge.brief(v, most) end

---A text in at most so many columns, cut in the middle.
---@param text string
---@param most integer
---@return string
function diverge.shorten(text, most) end

---Columns that a text takes.
---@param text string
---@return integer
function diverge.width(text) end

---A copy in Lua tables.
---@generic T
---@param v T
---@return table|T
function diverge.totable(v) end

---What the user gave: nil if nothing, false for a flag that was not given.
---@param name string
---@return string|number|boolean|nil
function diverge.option(name) end

---Text made harmless for what shows it.
---@class diverge.Escapes
local Escapes = {}

---@param text string
---@return string
function Escapes.terminal(text) end

---@param text string
---@return string
function Escapes.html(text) end

---@param text string
---@return string
function Escapes.xml(text) end

---@param text string
---@return string
function Escapes.markdown(text) end

---@param text string
---@return string
function Escapes.code(text) end

-- Tests of scripts --------------------------------------------------------------------------------

---What x_test.lua returns: cases by name.
---@alias diverge.Tests table<string, fun(t: diverge.Test)|string|table>

---@class diverge.Test
local Test = {}

---The class that the chain gives to a divergence that was made up.
---@param question diverge.Question
---@return string|false class false where a script suppresses it
---@return diverge.Severity? severity
---@return string? note
function Test:class(question) end

---@class diverge.Question
---@field file string a document of the profile
---@field path? string
---@field kind? string
---@field left? any
---@field right? any
---@field key? diverge.Json of the last step
---@field index? integer of the last step, from 0
---@field side? diverge.SideName

---What the report says, compared if anything is expected.
---@param left any
---@param right any
---@param expected? string|diverge.TestFile
---@param settings? { file?: string, report?: string }
---@return string
function Test:report(left, right, expected, settings) end

---@param left any
---@param right any
---@param settings? { file?: string }
---@return diverge.Outcome
function Test:run(left, right, settings) end

---@class diverge.Outcome
---@field verdict "same"|"different"|"stop"
---@field divergences diverge.Found[]
---@field suppressed diverge.Found[]
---@field gates diverge.Row[]

---@class diverge.Found
---@field file string
---@field path string
---@field kind string
---@field class? string
---@field severity? diverge.Severity
---@field note? string
---@field left? diverge.Json
---@field right? diverge.Json

---@param got any
---@param expected any
---@param what? string
function Test:equal(got, expected, what) end

---@param truth any
---@param what? string
function Test:check(truth, what) end

---@param f fun()
---@param text string that the message holds
---@param what? string
function Test:fails(f, text, what) end

---@param text string|diverge.TestFile
---@return diverge.Json
function Test:json(text) end

---@param name string below the folder of the test
---@return diverge.TestFile
function Test:file(name) end

---What the script under test returns.
---@return any
function Test:script() end

---@class diverge.TestFile

return diverge
