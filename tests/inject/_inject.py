"""Judge reports of snapshots that are full of hostile text by those of the same snapshots with harmless
text: as many lines, the same elements in the same order; and no byte that a terminal would act on."""

import html.parser
import json
import os
import re
import shutil
import subprocess
import sys
import unicodedata

from _payloads import ODD_NAMES, payloads

PROGRAM = os.environ["DIVERGE"]
REPORTS = ["text", "markdown", "html", "json", "jsonl", "color"]
WORK = sys.argv[1]
failures = []
checked = 0


def check(good, where, what):
    global checked
    checked += 1
    if not good:
        failures.append("%s: %s" % (where, what))


# ---------------------------------------------------------------- running


def run(*arguments, cwd):
    done = subprocess.run([os.fsencode(PROGRAM)] + [a if isinstance(a, bytes) else os.fsencode(a) for a in arguments],
                          cwd=cwd, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60)
    return done.returncode, done.stdout, done.stderr


def folder(name):
    path = os.path.join(WORK, name)
    shutil.rmtree(path, ignore_errors=True)
    os.makedirs(os.path.join(path, "left"))
    os.makedirs(os.path.join(path, "right"))
    return path


def write(path, text):
    with open(path, "wb") as out:
        out.write(text if isinstance(text, bytes) else text.encode("utf-8"))


def document(value):
    return json.dumps(value, ensure_ascii=True)


def lua(text):
    data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    return '"' + "".join("\\%03d" % byte for byte in data) + '"'


PROFILE = """return { api = 1, name = "inject", documents = { %s }, keyed = { ["*"] = { items = "id" } },
  classes = { { name = "c", title = %s } }, classify = function(d) %s return "c" end }"""


def profile(documents='"d.json"', title='"C"', classify=""):
    return PROFILE % (documents, title, classify)


def reports(path):
    """Write every report; gives the exit status, what was said, and the reports by name."""
    named = [word for name in REPORTS if name != "color" for word in ("--report", name + "=" + name)]
    status, out, said = run("--profile", "./p.lua", "--show-suppressed", *named, "left", "right", cwd=path)
    made = {}
    if status in (0, 1, 2):
        status, out, _ = run("--profile", "./p.lua", "--show-suppressed", "--report", "text", "--color", "always",
                             "left", "right", cwd=path)
        made["color"] = out
        for name in REPORTS[:-1]:
            with open(os.path.join(path, name), "rb") as file:
                made[name] = file.read()
    return status, said, made


# ---------------------------------------------------------------- judging


# What a terminal acts on or what hides: categories of Unicode; U+00AD and others of Cf included.
def disturbing(text):
    return sorted({c for c in text if c != "\n" and unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")})


def judge_bytes(where, data, colors=False):
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        check(False, where, "not UTF-8: %s" % error)
        return ""
    if colors:
        text = re.sub("\x1b\\[[0-9;]*m", "", text)
    odd = disturbing(text)
    check(not odd, where, "holds %r" % odd[:5])
    return text


class Elements(html.parser.HTMLParser):
    """Elements and their attributes' names, without a note that something was long."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.found = []
        self.text = []
        self.policy = ""

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, tuple(name for name, _ in attributes)))
        for name, value in attributes:
            if name == "content" and "default-src" in value:
                self.policy = value

    def handle_endtag(self, tag):
        self.found.append(("/" + tag,))

    def handle_comment(self, data):
        self.found.append(("comment",))

    def handle_decl(self, decl):
        self.found.append(("declaration", decl))

    def handle_pi(self, data):
        self.found.append(("instruction",))

    def unknown_decl(self, data):
        self.found.append(("unknown",))

    def handle_data(self, data):
        self.text.append(data)


def elements(text):
    parser = Elements()
    parser.feed(text)
    parser.close()
    return parser


CODE = re.compile(r"(?<!`)(`+)(?!`)(?:.+?)(?<!`)\1(?!`)")


def skeleton(text):
    """Markdown without its code spans: what is left is the report's own."""
    return CODE.sub("C", text)


def rendered(text):
    """The elements that a renderer of GitHub's Markdown makes; None: there is none here."""
    if shutil.which("cmark-gfm") is None:
        return None
    command = ["cmark-gfm", "--unsafe"]
    for extension in ("table", "strikethrough", "autolink", "tasklist", "footnotes"):
        command += ["-e", extension]
    done = subprocess.run(command, input=text.encode("utf-8"), stdout=subprocess.PIPE, check=True)
    return elements(done.stdout.decode("utf-8")).found


def first_difference(a, b):
    for i, (x, y) in enumerate(zip(a, b)):
        if x != y:
            return "%d: %r instead of %r" % (i, x, y)
    return "%d instead of %d" % (len(a), len(b))


def judge(where, made, plain, foreign_in_code=True):
    """Compare the reports of hostile text with those of plain text; that there are none is told elsewhere."""
    if len(made) < len(plain):
        return
    for name in REPORTS:
        text = judge_bytes(where + " " + name, made[name], name == "color")
        usual = plain[name].decode("utf-8")
        if name != "html":
            check(text.count("\n") == usual.count("\n"), where + " " + name,
                  "%d lines instead of %d" % (text.count("\n"), usual.count("\n")))
        if name == "color":
            marks = [re.findall("\x1b[^m]*m", t) for t in (made[name].decode("utf-8", "replace"), usual)]
            check(marks[0] == marks[1], where + " " + name, "other colours: " + first_difference(*marks))
        elif name == "html":
            a, b = elements(text), elements(usual)
            check(a.found == b.found, where + " html", first_difference(a.found, b.found))
            check(a.policy == b.policy and a.policy != "", where + " html", "another policy")
        elif name == "markdown":
            if foreign_in_code:
                a, b = skeleton(text).split("\n"), skeleton(usual).split("\n")
                check(a == b, where + " markdown", first_difference(a, b))
            a, b = rendered(text), rendered(usual)
            if a is not None and not foreign_in_code: # running text may be code as a whole
                a, b = ([x for x in y if x[0] not in ("code", "/code")] for y in (a, b))
            check(a == b, where + " markdown", a is not None and first_difference(a, b))
        elif name == "json":
            json.loads(text)
        elif name == "jsonl":
            for line in text.splitlines():
                json.loads(line)


def found(made, kind="divergence"):
    if not made:
        return []
    lines = [json.loads(line) for line in made["jsonl"].decode("utf-8").splitlines()]
    whole = json.loads(made["json"].decode("utf-8"))
    listed = [line for line in lines if line["type"] == kind]
    check(listed == whole["divergences" if kind == "divergence" else "suppressed_divergences"], kind,
          "json and jsonl differ")
    return listed


# ---------------------------------------------------------------- positions


def plain_texts(texts):
    """As many harmless ones; where a text is so long that it is cut, one of its length."""
    return [("p%04dq" % i).ljust(len(x) if len(x) > 60 else 0, "x") for i, x in enumerate(texts)]


def batch(name, texts, left, right, classify=lambda texts: ""):
    """All payloads at once, beside as many plain texts."""
    made = []
    for i, list_of in enumerate((texts, plain_texts(texts))):
        path = folder("%s%d" % (name, i))
        write(path + "/p.lua", profile(classify=classify(list_of)))
        write(path + "/left/d.json", document(left(list_of)))
        write(path + "/right/d.json", document(right(list_of)))
        status, said, reports_of = reports(path)
        check(status in (0, 1), name, "exit status %d: %r" % (status, said[:200]))
        check(said == b"" or said.count(b"\n") == 1, name, "said %r" % said[:200])
        made.append(reports_of)
    return made


def as_json(text):
    """What Python reads of the text once JSON has been through UTF-16."""
    return json.loads(json.dumps(text))


def members(texts):
    made, plain = batch("member", texts, lambda t: {"m": {x: 1 for x in t}}, lambda t: {"m": {x: 2 for x in t}})
    judge("member", made, plain)
    names = {d["pointer"][3:].replace("~1", "/").replace("~0", "~") for d in found(made)}
    check(names == {as_json(t) for t in texts}, "member", "other names in JSON")


def keys(texts):
    made, plain = batch("key", texts, lambda t: {"items": [{"id": x, "v": 1} for x in t]},
                        lambda t: {"items": [{"id": x, "v": 2} for x in t]})
    judge("key", made, plain)
    check(len(found(made)) == len(texts), "key", "other keys in JSON")


def values(texts):
    made, plain = batch("value", texts, lambda t: {"v%d" % i: x for i, x in enumerate(t)},
                        lambda t: {"v%d" % i: "other" for i, x in enumerate(t)})
    judge("value", made, plain)
    seen = {d["path"]: d["left"] for d in found(made)}
    check(seen == {"v%d" % i: as_json(x) for i, x in enumerate(texts)}, "value", "other values in JSON")
    shown = "".join(elements(made["html"].decode("utf-8")).text)
    for text in texts:
        if text.isprintable() and not set(text) & set('"\\'):
            check('"%s"' % text in shown, "value html", "%r is not shown as it is" % text)


def notes(texts):
    texts = [x for x in texts if "\0" not in x and x != ""]

    def table(t):
        return 'local n = { %s }; local note = n[tonumber(d.path:sub(2))];' % ", ".join(lua(x) for x in t)

    both = lambda t, v: {"v%d" % (i + 1): v for i, x in enumerate(t)}
    for name, answer in (("note", 'do return "c", nil, note end'), ("suppressed", "do return false, nil, note end")):
        made, plain = batch(name, texts, lambda t: both(t, 1), lambda t: both(t, 2), lambda t: table(t) + answer)
        judge(name, made, plain, foreign_in_code=False)
        check(len(found(made, "divergence" if name == "note" else name)) == len(texts), name, "other notes")


def accepted(name, texts, script, field):
    """The texts that a profile takes as that field. Each other one is refused by a line that says its number."""
    texts = list(texts)
    path = folder(name)
    while True:
        write(path + "/p.lua", script(texts))
        status, _, said = run("--profile", "./p.lua", "--report", "json=x", "left", "right", cwd=path)
        if status != 3:
            return texts
        judge_bytes(name, said)
        check(said.count(b"\n") == 1, name, "%r" % said[:300])
        number = re.search(field + r"\[(\d+)\]", said.decode("utf-8", "replace"))
        check(number is not None, name, "%r" % said[:300])
        if number is None:
            return []
        del texts[int(number.group(1)) - 1]


def titles(texts):
    def script(t):
        return """return { api = 1, name = "inject", documents = { "d.json" }, classes = { %s },
  classify = function(d) return "c" .. d.path:sub(2) end }""" % ", ".join(
            '{ name = "c%d", title = %s }' % (i, lua(x)) for i, x in enumerate(t))

    texts = accepted("titles", texts, script, "classes")
    check(len(texts) > 150, "title", "only %d were taken" % len(texts))
    made = []
    for i, t in enumerate((texts, plain_texts(texts))):
        path = folder("title%d" % i)
        write(path + "/p.lua", script(t))
        for side in ("left", "right"):
            write(path + "/%s/d.json" % side, document({"v%d" % k: side for k in range(len(t))}))
        made.append(reports(path)[2])
    judge("title", *made, foreign_in_code=False)
    check(len(found(made[0])) == len(texts), "title", "other titles")


def files(texts):
    def script(t):
        return profile(documents=", ".join(lua(re.sub(rb"([*?[\\])", rb"\\\1", x)) for x in t)) # they are globs

    def fits(name):
        return b"\0" not in name and b"/" not in name and 0 < len(name) < 200 and name not in (b".", b"..")

    names = [x.encode("utf-8", "surrogatepass") for x in texts]
    names = accepted("files", [x for x in names + ODD_NAMES if fits(x)], script, "documents")
    check(len(names) > 200, "file", "only %d were taken" % len(names))
    made = []
    for i, t in enumerate((names, [x.encode() for x in plain_texts(names)])):
        path = folder("file%d" % i)
        write(path + "/p.lua", script(t))
        for side in ("left", "right"):
            for name in t:
                write(os.path.join(os.fsencode(path), side.encode(), name), '{"a": "%s"}' % side)
        made.append(reports(path)[2])
    judge("file", *made)
    check(len(found(made[0])) == len(names), "file", "other files")


# ---------------------------------------------------------------- lines of warnings and errors


def lines(texts):
    path = folder("lines")
    write(path + "/p.lua", profile())
    write(path + "/left/d.json", "{}")
    write(path + "/right/d.json", "{}")
    for raw in texts + ODD_NAMES:
        name = raw if isinstance(raw, bytes) else raw.encode("utf-8", "surrogatepass")
        if b"\0" in name:
            continue
        asked = [("--profile", name), ("--profile", b"./" + name), ("--profile", "./p.lua", "--report", name),
                 ("--profile", "./p.lua", "--classifier", name), ("--profile", "./p.lua", "--set", name),
                 ("--profile", "./p.lua", "--set", name + b"=1"), (b"--x" + name,), (b"-" + name,),
                 ("--profile", "./p.lua", b"--x" + name), ("--color", name), ("--fail-on", name), ("--threads", name),
                 ("--profile", "./p.lua", name, "right"), ("--profile", "./p.lua", "left", name),
                 ("--profile", "./p.lua", "left", "right", name), ("--profile", "./p.lua", "--out", name + b"/x/y"),
                 ("--show-script", name), ("--help-script", name)]
        for words in asked:
            sides = () if len(words) > 2 and "left" in words or name in words[-2:-1] else ("left", "right")
            _, out, said = run(*words, *sides, cwd=path)
            where = "line %r" % (words,)
            judge_bytes(where, said)
            check(len(said.splitlines()) <= 1, where, "%r" % said[:300])


def inputs(texts):
    """Texts in errors and warnings about what is read."""
    for text in texts:
        for name, content in (("bad", '{%s: 1, "x": }' % document(text)), ("repeated", '{%s: 1, %s: 1}' % (
                document(text), document(text)))):
            path = folder(name)
            write(path + "/p.lua", profile())
            write(path + "/left/d.json", content)
            write(path + "/right/d.json", content)
            _, out, said = run("--profile", "./p.lua", "--report", "jsonl", "left", "right", cwd=path)
            where = "%s %r" % (name, text)
            judge_bytes(where, said)
            judge_bytes(where, out)
            check(all(line.startswith(b"diverge: ") for line in said.splitlines()), where, "%r" % said[:300])
        path = folder("script")
        write(path + "/p.lua", "error(%s, 0)" % lua(text))
        _, out, said = run("--profile", "./p.lua", "left", "right", cwd=path)
        judge_bytes("script %r" % text, said)
        heads = [line for line in said.splitlines() if not line.startswith(b"  ")]
        check(len(heads) == 1 and heads[0].startswith(b"diverge: "), "script %r" % text, "%r" % said[:300])


def main():
    texts = payloads()
    check(len(texts) >= 200, "payloads", "only %d" % len(texts))
    for position in (members, keys, values, notes, titles, files):
        position(texts)
    some = texts if sys.argv[2:] == ["all"] else texts[::8]
    for position in (lines, inputs):
        position(some)
    for failure in failures[:30]:
        print("FAILED", failure.encode("unicode_escape").decode("ascii")[:400])
    print("%d payloads in reports, %d in lines, %d checks, %d failed" % (len(texts), len(some), checked, len(failures)))
    if shutil.which("cmark-gfm") is None:
        print("no cmark-gfm: Markdown was judged by its code spans alone")
    return 1 if failures else 0


sys.exit(main())
