"""Payloads: texts that would take effect somewhere if they were written as they are."""


def markup():
    yield from """<script>alert(1)</script>
</script><script>alert(1)</script>
</style><script>alert(1)</script>
</title><img src=x>
<img src=x onerror=alert(1)>
<svg/onload=alert(1)>
"><b>bold</b>
'><i>it</i>
" onmouseover="alert(1)
' autofocus onfocus='alert(1)
</code></dd></dl></article><h1>out</h1>
</td></tr></table><p>
<!-- comment
--> after
<![CDATA[x]]>
]]>
<?php echo 1 ?>
<!DOCTYPE x>
&lt;b&gt;
&amp;amp;
&#60;b&#62;
&#x3c;b&#x3e;
&nbsp
&
<
>
<a href="javascript:alert(1)">x</a>
<iframe srcdoc="<b>x">
<meta http-equiv=refresh content=0>
<base href=//evil.example>
<style>*{display:none}</style>
<link rel=stylesheet href=//evil.example>
<form action=//evil.example><input>
<details open ontoggle=alert(1)>
<math><mi//xlink:href="data:x,<script>alert(1)</script>">
<plaintext>
<textarea>
<select><option>
<br/>
</>
<a
a>b
`onclick=alert(1)`""".split("\n")


def markdown():
    yield from r"""`code`
``
` `` ``` ````
a`b
`
``````x
*bold*
**strong**
_em_
__strong__
***
---
___
===
~~gone~~
~~~
# head
###### head
> quote
- item
+ item
* item
1. one
1) one
[link](http://evil.example)
![image](http://evil.example/x.png)
[ref]: http://evil.example
[ref][ref]
[^1]
[^1]: note
http://evil.example
https://evil.example/a_b_c
ftp://evil.example
www.evil.example
WWW.evil.example
someone@evil.example
mailto:someone@evil.example
<http://evil.example>
<someone@evil.example>
@someone
#12
owner/name#12
:smile:
a|b
|
||
\|
\\|
|---|---|
\
\\
\`
\*
a\
$x^2$
$$x$$
$`x`$
- [ ] task
- [x] task
{{template}}
{% raw %}
<div>
<!-- -->
&copy;
&#42;bold&#42;
a  b
:::note
!!! note
%%
==mark==
H~2~O
x^2^
term : def
| a | b |
**a`**b`""".split("\n")


def terminal():
    e = "\x1b"
    yield from [e + "[31mred", e + "[2J", e + "[H", e + "[1A" + e + "[2K", e + "]0;title\x07",
                e + "]8;;http://evil.example\x07x" + e + "]8;;\x07", e + "]52;c;ZXZpbA==\x07", e + "c",
                e + "P1$tq\x1b\\", e + "_G\x1b\\", e + "^x" + e + "\\", e + "(0", e + "#8", e + "7", e + "[6n",
                e + "[?1049h", e + "[?25l", e + "[8;1;1t", e, "a\rb", "a\bb", "a\x7fb", "\x07", "a\nb", "\n",
                "a\r\nb", "\ta", "a\x0bb\x0cc", "\x9b31m", "\x90x\x9c", "\x9d0;t\x9c", "\x85", "\x0e\x0f",
                "diverge: all is well\n", "\ndiverge: warning: forged", "\x1b[0m" * 20]
    for point in list(range(0, 0x20)) + list(range(0x7f, 0xa0)):
        yield "c%02x" % point + chr(point) + "d"


def unicode():
    for point in ([0xa0, 0xad, 0x61c, 0x180e, 0x2028, 0x2029, 0x3000, 0xfeff, 0xfff9, 0xfffa, 0xfffb, 0xfffe, 0xffff,
                   0xe0041, 0xe007f, 0x1fffe, 0x10ffff, 0xe000, 0xf0000, 0x1d173, 0x378]
                  + list(range(0x200b, 0x2010)) + list(range(0x202a, 0x202f)) + list(range(0x2060, 0x2070))):
        yield "u%x" % point + chr(point) + "v"
    yield from ["\ud800", "\udfff", "a\udc00\ud800b", "\u202egnp.exe", "z" + "\u0301" * 200, "日本語", "😀", "\ufe0f",
                "a\u0300", "İı", "\u2066x\u2069"]


def syntax():
    yield from ['"', '\\"', '"}', '"],"type":"run"', '","kind":"', "\\u0000", "\\n", "\\x1b", "__proto__", "constructor",
                "null", "NaN", "", " ", "  a  ", "a ", " a", "'", "%s%n%d", "%", "$(id)", "`id`", ";id", "a,b", "a\tb",
                "]]", "--[[", "=1+1", "@SUM(1)", "-1", "+1", "a.b", "a[0]", "[x=y]", "]", "[", "a=b", "~0~1", "a/b", "/",
                "<file>", "A" * 900, "../../x", "x" * 300 + "\x1b[2J"]
    for mark in "!#$%&'()*+,-./:;=?@[\\]^_`{|}~":
        yield "q" + mark + mark


def payloads():
    found = {}
    for source in (markup, markdown, terminal, unicode, syntax):
        for text in source():
            found.setdefault(text)
    return list(found)


# File names are bytes.
ODD_NAMES = [b"\xff\xfe", b"a\xc3", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf8\x88\x80\x80\x80", b"\x80\x1b[2J", b"\xe2\x80\xae"]
