"""The rejected texts of tests/corpus, for make-corpus.py: before the error, from it on, reason."""
import re

VALUE = "value expected"
NAME = "member name expected"
COLON = "colon expected"
ITEM = "comma or ] expected"
MEMBER = "comma or } expected"
COMMA = "trailing comma"
AFTER = "text after the document"
END = "unexpected end of text"
OPEN = "end of text inside a string"
DIGIT = "digit expected"
ZERO = "leading zero"
MANY = "too many digits"
LITERAL = "invalid literal"
ESCAPE = "invalid escape"
CONTROL = "control character in a string"
UTF8 = "invalid UTF-8"
DEEP = "nested too deeply"
MARK = "byte order mark"
NOTHING = "empty document"

REJECTED = {
    # nothing there
    "empty-file": (b"", b"", NOTHING),
    "empty-space": (b" ", b"", NOTHING),
    "empty-newlines": (b"\n\n\r\n", b"", NOTHING),
    "empty-mixed": (b" \t\r\n \t", b"", NOTHING),
    # byte order marks and other encodings
    "mark-utf8": (b"", b"\xef\xbb\xbf{}", MARK),
    "mark-utf8-alone": (b"", b"\xef\xbb\xbf", MARK),
    "mark-utf8-then-space": (b"", b"\xef\xbb\xbf \n[1]", MARK),
    "mark-utf8-twice": (b"", b"\xef\xbb\xbf\xef\xbb\xbf1", MARK),
    "mark-utf8-after-space": (b" ", b"\xef\xbb\xbf1", VALUE),
    "mark-utf8-in-array": (b"[", b"\xef\xbb\xbf1]", VALUE),
    "mark-utf8-at-end": (b"[1]", b"\xef\xbb\xbf", AFTER),
    "mark-utf8-cut": (b"", b"\xef\xbb", UTF8),
    "mark-utf16-little": (b"", b"\xff\xfe[\0]\0", UTF8),
    "mark-utf16-big": (b"", b"\xfe\xff\0[\0]", UTF8),
    "utf16-little": (b"[", b"\x001\0]\0", VALUE),
    "utf16-big": (b"", b"\0[\x001\0]", VALUE),
    # a value must come
    "value-close-bracket": (b"", b"]", VALUE),
    "value-close-brace": (b"", b"}", VALUE),
    "value-comma": (b"", b",", VALUE),
    "value-colon": (b"", b":", VALUE),
    "value-word": (b"", b"hello", VALUE),
    "value-word-python": (b"[", b"True]", VALUE),
    "value-word-script": (b"[", b"undefined]", VALUE),
    "value-nul": (b"", b"\0", VALUE),
    "value-nul-in-array": (b"[1,", b"\x00]", VALUE),
    "value-escape-byte": (b"[", b"\x1b[0m]", VALUE),
    "value-delete-byte": (b"", b"\x7f1", VALUE),
    "value-apostrophe": (b"[", b"'a']", VALUE),
    "value-backtick": (b"[", b"`a`]", VALUE),
    "value-backslash": (b"[", b"\\n]", VALUE),
    "value-parenthesis": (b"", b"(1)", VALUE),
    "value-angle": (b"", b"<a/>", VALUE),
    "value-comma-first-in-array": (b"[", b",1]", VALUE),
    "value-comma-alone-in-array": (b"[", b",]", VALUE),
    "value-comma-twice": (b"[1,", b",2]", VALUE),
    "value-comma-twice-at-end": (b"[1,", b",]", VALUE),
    "value-colon-in-array": (b"[", b":1]", VALUE),
    "value-brace-in-array": (b"[", b"}", VALUE),
    "value-colon-twice": (b'{"a":', b":1}", VALUE),
    "value-missing-in-object": (b'{"a":', b"}", VALUE),
    "value-missing-before-comma": (b'{"a":', b',"b":1}', VALUE),
    "value-missing-bracket": (b'{"a":', b"]", VALUE),
    "value-letter-outside-ascii": (b"[", "é]".encode(), VALUE),
    "value-curly-quotes": (b"[", "“a”]".encode(), VALUE),
    "value-no-break-space": (b"[", "\u00a01]".encode(), VALUE),
    "value-ideographic-space": (b"", "\u30001".encode(), VALUE),
    "value-line-separator": (b"[1,", "\u20282]".encode(), VALUE),
    "value-vertical-tab": (b"[", b"\x0b1]", VALUE),
    "value-form-feed": (b"", b"\x0c1", VALUE),
    "value-on-third-line": (b"[1,\n 2,\n  ", b"oops\n]\n", VALUE),
    "value-after-crlf": (b"[1,\r\n\t", b"@\r\n]", VALUE),
    "value-far-on-a-line": (b"[" + b"10," * 200, b"x" + b",10" * 200 + b"]", VALUE),
    # comments
    "comment-block-first": (b"", b"/* c */ 1", VALUE),
    "comment-line-first": (b"", b"// c\n1", VALUE),
    "comment-hash-first": (b"", b"# c\n1", VALUE),
    "comment-in-array": (b"[", b"/**/]", VALUE),
    "comment-after-item": (b"[1", b"/**/,2]", ITEM),
    "comment-after-comma": (b"[1,", b"// one\n2]", VALUE),
    "comment-in-object": (b"{", b'/**/"a":1}', NAME),
    "comment-after-name": (b'{"a"', b"/**/:1}", COLON),
    "comment-after-colon": (b'{"a":', b"/**/1}", VALUE),
    "comment-after-member": (b'{"a":1', b"/**/}", MEMBER),
    "comment-at-end": (b"[1] ", b"// done\n", AFTER),
    "comment-block-at-end": (b"[1]\n", b"/* done */", AFTER),
    # arrays
    "array-no-comma": (b"[1 ", b"2]", ITEM),
    "array-no-comma-strings": (b'["a"', b'"b"]', ITEM),
    "array-no-comma-arrays": (b"[[]", b"[]]", ITEM),
    "array-colon": (b"[1", b":2]", ITEM),
    "array-semicolon": (b"[1", b";2]", ITEM),
    "array-pair": (b'["a"', b":1]", ITEM),
    "array-closed-by-brace": (b"[1", b"}", ITEM),
    "array-closed-by-parenthesis": (b"[1", b")", ITEM),
    "array-nul-after-item": (b"[1", b"\0]", ITEM),
    "array-letter-after-string": (b'["a"', b"b]", ITEM),
    "array-byte-space-after-item": (b"[1", "\u00a0,2]".encode(), ITEM),
    "array-literal-and-more": (b"[null", b"x]", ITEM),
    "array-literals-joined": (b"[true", b"false]", ITEM),
    "array-number-and-letter": (b"[1", b"a]", ITEM),
    "array-assignment": (b"[1", b"=2]", ITEM),
    # objects
    "object-comma-alone": (b"{", b",}", NAME),
    "object-comma-first": (b"{", b',"a":1}', NAME),
    "object-comma-twice": (b'{"a":1,', b',"b":2}', NAME),
    "object-comma-twice-at-end": (b'{"a":1,', b",}", NAME),
    "object-name-number": (b"{", b"1:1}", NAME),
    "object-name-null": (b"{", b"null:1}", NAME),
    "object-name-array": (b"{", b"[]:1}", NAME),
    "object-name-object": (b"{", b"{}:1}", NAME),
    "object-name-bare": (b"{", b"a:1}", NAME),
    "object-name-apostrophe": (b"{", b"'a':1}", NAME),
    "object-name-missing": (b"{", b":1}", NAME),
    "object-name-nul": (b"{", b"\0}", NAME),
    "object-closed-by-bracket": (b"{", b"]", NAME),
    "object-second-name-number": (b'{"a":1,', b"2:3}", NAME),
    "object-second-name-literal": (b'{"a":1, ', b"true:3}", NAME),
    "object-no-colon": (b'{"a"', b"}", COLON),
    "object-no-colon-value": (b'{"a" ', b"1}", COLON),
    "object-comma-for-colon": (b'{"a"', b',"b"}', COLON),
    "object-equals-for-colon": (b'{"a"', b"=1}", COLON),
    "object-arrow-for-colon": (b'{"a" ', b"=> 1}", COLON),
    "object-second-no-colon": (b'{"a":1,"b"', b"}", COLON),
    "object-name-twice": (b'{"a"', b'"b":1}', COLON),
    "object-no-comma": (b'{"a":1 ', b'"b":2}', MEMBER),
    "object-semicolon": (b'{"a":1', b';"b":2}', MEMBER),
    "object-member-closed-by-bracket": (b'{"a":1', b"]", MEMBER),
    "object-colon-after-value": (b'{"a":1', b":2}", MEMBER),
    "object-nested-not-closed": (b'[{"a":{"b":1}', b"]", MEMBER),
    "object-string-and-more": (b'{"a":"b"', b"c}", MEMBER),
    # trailing commas
    "trailing-comma-array": (b"[1,", b"]", COMMA),
    "trailing-comma-array-spaced": (b"[1 , \n ", b"]", COMMA),
    "trailing-comma-array-inner": (b"[[1,", b"],2]", COMMA),
    "trailing-comma-array-string": (b'["",', b"]", COMMA),
    "trailing-comma-object": (b'{"a":1,', b"}", COMMA),
    "trailing-comma-object-spaced": (b'{"a":1 ,\r\n', b"}", COMMA),
    "trailing-comma-object-inner": (b'{"o":{"a":[],', b"}}", COMMA),
    # text after the document
    "after-second-number": (b"1 ", b"2", AFTER),
    "after-second-object": (b"{}", b"{}", AFTER),
    "after-second-line": (b'{"a":1}\n', b'{"b":2}\n', AFTER),
    "after-bracket": (b"[]", b"]", AFTER),
    "after-brace": (b"{}", b"}", AFTER),
    "after-comma": (b"1", b",", AFTER),
    "after-colon": (b'"a"', b":1", AFTER),
    "after-string": (b'"a"', b'"b"', AFTER),
    "after-quote": (b'"a"', b'"', AFTER),
    "after-literal-letter": (b"null", b"x", AFTER),
    "after-literal-literal": (b"true", b"false", AFTER),
    "after-number-letter": (b"123", b"abc", AFTER),
    "after-nul": (b"1", b"\0", AFTER),
    "after-nul-padding": (b"[1]\n", b"\0\0\0\0", AFTER),
    "after-substitute": (b"[1]\n", b"\x1a", AFTER),
    "after-far": (b"[1]" + b"\n" * 40, b"!", AFTER),
    "after-form-feed": (b"[1]", b"\x0c", AFTER),
    # numbers
    "number-leading-zero": (b"0", b"1", ZERO),
    "number-leading-zeros": (b"[0", b"01]", ZERO),
    "number-leading-zero-negative": (b"[-0", b"1]", ZERO),
    "number-leading-zero-negative-twice": (b"-0", b"0", ZERO),
    "number-leading-zero-real": (b"0", b"1.5", ZERO),
    "number-leading-zero-exponent": (b'{"a":0', b"2e5}", ZERO),
    "number-leading-zeros-many": (b"[0", b"0" * 5000 + b"]", ZERO),
    "number-plus": (b"", b"+1", VALUE),
    "number-plus-in-array": (b"[", b"+1]", VALUE),
    "number-point-first": (b"", b".5", VALUE),
    "number-exponent-first": (b"[", b"e5]", VALUE),
    "number-minus-point": (b"-", b".5", DIGIT),
    "number-minus-twice": (b"-", b"-1", DIGIT),
    "number-minus-plus": (b"[-", b"+1]", DIGIT),
    "number-minus-space": (b"[-", b" 1]", DIGIT),
    "number-minus-alone-in-array": (b"[-", b"]", DIGIT),
    "number-minus-letter": (b"[-", b"a]", DIGIT),
    "number-minus-comma": (b"[1,-", b",2]", DIGIT),
    "number-minus-not-a-number": (b"-", b"NaN", DIGIT),
    "number-minus-infinity-lower": (b"[-", b"infinity]", DIGIT),
    "number-point-last-in-array": (b"[1.", b"]", DIGIT),
    "number-point-then-exponent": (b"1.", b"e5", DIGIT),
    "number-point-twice": (b"[1.", b".5]", DIGIT),
    "number-point-minus": (b"[1.", b"-5]", DIGIT),
    "number-point-space": (b"[1.", b" 5]", DIGIT),
    "number-zero-point": (b'{"a":0.', b"}", DIGIT),
    "number-exponent-empty": (b"[1e", b"]", DIGIT),
    "number-exponent-plus": (b"[1e+", b"]", DIGIT),
    "number-exponent-minus": (b"[1E-", b",2]", DIGIT),
    "number-exponent-twice-signed": (b"1e+", b"-2", DIGIT),
    "number-exponent-space": (b"[1e", b" 5]", DIGIT),
    "number-exponent-letter": (b"[1e", b"x]", DIGIT),
    "number-exponent-point": (b"[1e", b".5]", DIGIT),
    "number-exponent-twice": (b"[1e", b"e5]", DIGIT),
    "number-exponent-of-zero": (b"[0e", b"]", DIGIT),
    "number-exponent-fraction": (b"[1e5", b".5]", ITEM),
    "number-exponent-again": (b"[1e5", b"e5]", ITEM),
    "number-two-points": (b"1.2", b".3", AFTER),
    "number-two-points-in-array": (b"[1.2", b".3]", ITEM),
    "number-hexadecimal": (b"0", b"x1F", AFTER),
    "number-hexadecimal-in-array": (b"[0", b"xff]", ITEM),
    "number-binary": (b'{"a":0', b"b1}", MEMBER),
    "number-underscore": (b"[1", b"_000]", ITEM),
    "number-suffix": (b"[1", b"L]", ITEM),
    "number-sum": (b"[1", b"+2]", ITEM),
    "number-difference": (b"[1", b"-2]", ITEM),
    "number-percent": (b"12", b"%", AFTER),
    "number-thousands": (b"1", b",000", AFTER),
    "number-full-width": (b"[", "１]".encode(), VALUE),
    "number-arabic-digit": (b"[1", "\u0661]".encode(), ITEM),
    "number-minus-sign-of-unicode": (b"[", "\u22121]".encode(), VALUE),
    "number-infinity-sign": (b"[", "∞]".encode(), VALUE),
    "number-4301-digits": (b"", b"1" * 4301, MANY),
    "number-4301-digits-negative": (b"[", b"-" + b"2" * 4301 + b"]", MANY),
    "number-4301-digits-in-object": (b'{\n"n": ', b"1" + b"0" * 4300 + b"\n}", MANY),
    "number-9000-digits-second": (b"[1" + b"0" * 4299 + b",", b"9" * 9000 + b"]", MANY),
    # literals
    "literal-nul": (b"[", b"nul]", LITERAL),
    "literal-nulL": (b"[", b"nulL]", LITERAL),
    "literal-nil": (b"", b"nil", LITERAL),
    "literal-nan-lower": (b"", b"nan", LITERAL),
    "literal-tru": (b"[", b"tru]", LITERAL),
    "literal-trux": (b"", b"trux", LITERAL),
    "literal-tRUE": (b"[1,", b"tRUE]", LITERAL),
    "literal-fals": (b'{"a":', b"fals}", LITERAL),
    "literal-fake": (b"", b"fake", LITERAL),
    "literal-spaced": (b"[", b"n ull]", LITERAL),
    "literal-none": (b"", b"None", LITERAL),
    "literal-null-upper": (b"[", b"NULL]", LITERAL),
    "literal-nan-mixed": (b"[", b"Nan]", LITERAL),
    "literal-inf": (b"", b"Inf", LITERAL),
    "literal-infinity-short": (b"[", b"Infinit]", LITERAL),
    "literal-infinity-negative-short": (b"[", b"-Infinit]", LITERAL),
    "literal-infinity-upper": (b"[", b"INFINITY]", LITERAL),
    "literal-n-at-end": (b"", b"n", LITERAL),
    "literal-tru-at-end": (b"", b"tru", LITERAL),
    "literal-fals-at-end": (b"[", b"fals", LITERAL),
    "literal-na-at-end": (b"[", b"Na", LITERAL),
    "literal-null-nul": (b"[", b"nul\0]", LITERAL),
    # strings
    "string-open": (b'"', b"", OPEN),
    "string-open-text": (b'"abc', b"", OPEN),
    "string-open-line": (b'["abc,1]', b"", OPEN),
    "string-open-name": (b'{"a:1}', b"", OPEN),
    "string-open-escaped-quote": (b'"abc\\"', b"", OPEN),
    "string-open-backslash": (b'"abc\\', b"", OPEN),
    "string-open-u": (b'"\\u', b"", OPEN),
    "string-open-hex": (b'"\\u00e', b"", OPEN),
    "string-open-after-hex": (b'"\\u00e9', b"", OPEN),
    "string-open-surrogate": (b'"\\ud83d\\', b"", OPEN),
    "string-open-surrogate-u": (b'"\\ud83d\\ude0', b"", OPEN),
    "string-open-after-two-bytes": ('"é'.encode(), b"", OPEN),
    "string-open-long": (b'["' + b"z" * 2000, b"", OPEN),
    "string-open-second": (b'["a","b\\\\\\"]', b"", OPEN),
    "control-in-name": (b'{"a', b'\x01b":1}', CONTROL),
    "control-newline-second-line": (b'{\n"a": "b', b'\nc"}', CONTROL),
    "control-after-long-text": (b'"' + b"w" * 100, b'\x02"', CONTROL),
    "control-after-escape": (b'"\\n', b'\n"', CONTROL),
    # escapes
    "escape-of-newline": (b'"a\\', b'\nb"', ESCAPE),
    "escape-of-nul": (b'"a\\', b'\0b"', ESCAPE),
    "escape-of-tab": (b'"a\\', b'\tb"', ESCAPE),
    "escape-of-letter-outside-ascii": (b'"\\', 'é"'.encode(), ESCAPE),
    "escape-in-name": (b'{"\\', b'q":1}', ESCAPE),
    "escape-second": (b'"\\n\\', b'x41"', ESCAPE),
    "escape-u-none": (b'"\\u', b'"', ESCAPE),
    "escape-u-one": (b'"\\u0', b'"', ESCAPE),
    "escape-u-two": (b'"\\u00', b'g0"', ESCAPE),
    "escape-u-three": (b'"\\u00e', b'"', ESCAPE),
    "escape-u-space": (b'"\\u', b' 041"', ESCAPE),
    "escape-u-sign": (b'"\\u', b'+041"', ESCAPE),
    "escape-u-minus": (b'"\\u00', b'-1"', ESCAPE),
    "escape-u-x": (b'"\\u0', b'x41"', ESCAPE),
    "escape-u-underscore": (b'"\\u1', b'_23"', ESCAPE),
    "escape-u-braces": (b'"\\u', b'{41}"', ESCAPE),
    "escape-u-full-width": (b'"\\u00', '４1"'.encode(), ESCAPE),
    "escape-u-newline": (b'"\\u00', b'\n1"', ESCAPE),
    "escape-surrogate-then-bad": (b'"\\ud83d\\', b'x"', ESCAPE),
    "escape-surrogate-then-bad-u": (b'"\\ud83d\\ude0', b'g"', ESCAPE),
    "escape-surrogate-then-short-u": (b'"\\ud83d\\u', b'"', ESCAPE),
    # UTF-8
    "utf8-in-name": (b'{"a', b'\xff":1}', UTF8),
    "utf8-outside-string": (b"[", b"\xff]", UTF8),
    "utf8-continuation-first": (b"", b"\x80", UTF8),
    "utf8-latin-1": (b'["caf', b'\xe9"]', UTF8),
    "utf8-after-good": ('"aé€😀'.encode(), b'\x80"', UTF8),
    "utf8-after-long-text": (b'"' + b"v" * 63, b'\xc3("', UTF8),
    "utf8-cut-by-end-of-file-2": (b'"a', b"\xc3", UTF8),
    "utf8-cut-by-end-of-file-3": (b'"a', b"\xe2\x82", UTF8),
    "utf8-cut-by-end-of-file-4": (b'"a', b"\xf0\x9f\x98", UTF8),
    "utf8-surrogate-after-escape": (b'"\\ud83d', b'\xed\xb8\x80"', UTF8),
    # depth
    "depth-10001": (b"[" * 10000, b"[" + b"]" * 10001, DEEP),
    "depth-10001-objects": (b'{"a":' * 10000, b"{}" + b"}" * 10000, DEEP),
    "depth-10001-mixed": (b'[{"a":' * 5000, b"[" + b"]" + b"}]" * 5000, DEEP),
    "depth-20000-open": (b"[" * 10000, b"[" * 10000, DEEP),
    "depth-closed-twice": (b"[[[]]]", b"]", AFTER),
    "depth-not-closed": (b"[[[]]", b"", END),
    # ends after a number that is not complete
    "end-minus": (b"-", b"", END),
    "end-minus-in-array": (b"[-", b"", END),
    "end-point": (b"1.", b"", END),
    "end-zero-point": (b"[0.", b"", END),
    "end-exponent": (b"1e", b"", END),
    "end-exponent-plus": (b"1E+", b"", END),
    "end-exponent-minus": (b"[1.5e-", b"", END),
    "end-newline": (b"[1,\n2,\n", b"", END),
    "end-space": (b'{"a": ', b"", END),
}

# In a string, each of these bytes as it is.
CONTROLS = (0x00, 0x01, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x1b, 0x1f)

# Behind a backslash.
NO_ESCAPES = "'0aevxUNB1 [`"

# Byte sequences that are no UTF-8, each from its first byte on.
NO_UTF8 = {
    "continuation-least": b"\x80", "continuation-greatest": b"\xbf",
    "continuations": b"\x81\x82\x83",
    "overlong-2-nul": b"\xc0\x80", "overlong-2-slash": b"\xc0\xaf", "overlong-2-last": b"\xc1\xbf",
    "overlong-3-nul": b"\xe0\x80\x80", "overlong-3-last": b"\xe0\x9f\xbf",
    "overlong-4-nul": b"\xf0\x80\x80\x80", "overlong-4-last": b"\xf0\x8f\xbf\xbf",
    "surrogate-first": b"\xed\xa0\x80", "surrogate-last": b"\xed\xbf\xbf",
    "surrogate-pair": b"\xed\xa0\xbd\xed\xb8\x80",
    "past-unicode": b"\xf4\x90\x80\x80", "past-unicode-f5": b"\xf5\x80\x80\x80",
    "past-unicode-f7": b"\xf7\xbf\xbf\xbf",
    "five-bytes": b"\xf8\x88\x80\x80\x80", "six-bytes": b"\xfc\x84\x80\x80\x80\x80",
    "byte-fe": b"\xfe", "byte-ff": b"\xff",
    "cut-2": b"\xc3", "cut-3-after-1": b"\xe2", "cut-3-after-2": b"\xe2\x82",
    "cut-4-after-1": b"\xf0", "cut-4-after-2": b"\xf0\x9f", "cut-4-after-3": b"\xf0\x9f\x98",
    "cut-by-letter": b"\xe2\x82A", "cut-by-start": b"\xe2\xc3\xa9", "cut-by-escape": b"\xc3\\n",
}

# Cut behind each of its bytes but the last.
CUT = rb'{"k": [-1.5e+2,true,{}, "\u00e9x"],"n":null}'


def cut_at(length):
    """Place and reason of the error in CUT[:length]."""
    for match in re.finditer(rb'"(?:\\.|[^"\\])*"|true|null', CUT):
        if match.start() < length < match.end():
            if match.group().startswith(b'"'):
                return length, OPEN
            return match.start(), LITERAL
    return length, END


def rejected():
    cases = dict(REJECTED)
    for byte in CONTROLS:
        cases["control-%02x" % byte] = (b'["a', bytes([byte]) + b'b"]', CONTROL)
    for letter in NO_ESCAPES:
        cases["escape-of-byte-%02x" % ord(letter)] = (b'"a\\', letter.encode() + b'41"', ESCAPE)
    for name, data in NO_UTF8.items():
        cases["utf8-" + name] = (b'["ab', data + b'"]', UTF8)
    for length in range(1, len(CUT)):
        place, reason = cut_at(length)
        cases["cut-%02d" % length] = (CUT[:place], CUT[place:length], reason)
    return cases
