r"""What the keys of the world's keyboards type, where a scanner means the digits and letters of a US keyboard.

A scanner sends keys, not characters: the first key of the digit row for a 1. What that key types is decided by the
keyboard that the computer is set to: "&" in France, "+" in Prague, "!" wherever Shift Lock is on. The rows stand here
as xkeyboard-config has them (the layouts of Linux; those of Windows have the same rows). Digits of other scripts
(Persian, Bengali, full width) need no row: Unicode says what they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pos_app.domain.sentences import say

if TYPE_CHECKING:
    from pos_app.domain.sentences import Sentence

DIGITS: Final = "1234567890"
"""The digit row of a US keyboard, from left to right."""

US_SHIFTED: Final = "!@#$%^&*()"
"""What it types with Shift; and what a scanner made for France, which holds Shift for digits, types on it."""

US_LETTERS: Final = "QWERTYUIOPASDFGHJKL;ZXCVBNM,./"
"""The three rows of letters of a US keyboard."""


@dataclass(frozen=True, slots=True)
class Keyboard:
    """One keyboard that a computer is set to.

    digit_rows: what the keys of DIGITS type, alone or with Shift, each ten different characters; none: digits.
    letters: what those of US_LETTERS type, "" for the same. dash: what the key of the dash types.
    """

    name: Sentence
    digit_rows: tuple[str, ...] = ()
    letters: str = ""
    dash: str = "-"


_AZERTY: Final = "azertyuiopqsdfghjklmwxcvbn,;:!"
_QWERTZ: Final = "qwertzuiopasdfghjklöyxcvbnm,.-"
_DVORAK: Final = "',.pyfgcrlaoeuidhtns;qjkxbmwvz"
_RUSSIAN: Final = "йцукенгшщзфывапролджячсмитьбю."

KEYBOARDS: Final = (
    # Those whose digit row types no digits come first: they are the ones a scanner meets.
    Keyboard(say("French"), ("&é\"'(-è_çà", '"«»()@+-/*', "àéèê()‘’«»"), _AZERTY, ")"),
    Keyboard(say("Belgian"), ("&é\"'(§è!çà",), _AZERTY, ")"),
    Keyboard(say("Czech"), ("+ěščřžýáíé", '+ъшчщж"§$=', "&2ШЧЩЖ4567"), _QWERTZ, "="),
    Keyboard(say("Slovak"), ("+ľščťžýáíé",), _QWERTZ, "="),
    Keyboard(
        say("Lithuanian"),
        (
            *("ąčęėįšųū„“", "ĄČĘĖĮŠŲŪ()", "!-/;:,.=()", '!"/;:,.?()', "!:.*_—=,;/", "¤@#$%|&<>\\"),
            *("/\\.,f!wųį(", "#@{}F–WŲĮ„", '"@{}F–WŲĮ„'),
        ),
    ),
    Keyboard(say("Hungarian"), ("123456789ö", "'\"+!%/=()Ö"), _QWERTZ, "ü"),
    Keyboard(say("US English"), (US_SHIFTED,)),
    Keyboard(say("British English"), ('!"£$%^&*()', "!@£$%^&*()", '!"€$%^&*()', "!@€$%^&*()")),
    Keyboard(say("Canadian"), ('!"/$%?&*()', "!@#$%?&*()", '!"#$%?&*()')),
    Keyboard(say("German"), ('!"§$%&/()=',), _QWERTZ, "ß"),
    Keyboard(say("Swiss"), ('+"*ç%&/()=',), _QWERTZ, "'"),
    Keyboard(say("Italian"), ('!"£$%&/()=', "&\"'(çè)£àé"), dash="'"),
    Keyboard(say("Spanish"), ('!"·$%&/()=', '!"#$%&/()='), dash="'"),
    Keyboard(say("Portuguese"), ('!"#$%&/()=', "!@#$%¨&*()"), dash="'"),
    Keyboard(say("Dutch"), ("!\"#$%&_()'",), dash="/"),
    Keyboard(say("Scandinavian"), ('!"#¤%&/()=',), dash="+"),
    Keyboard(say("Croatian"), ('!"#$%&/()=',), _QWERTZ, "'"),
    Keyboard(say("Serbian"), ('!"#$%&/()=',), "љњертзуиопасдфгхјклчжџцвбнм,.-", "'"),
    Keyboard(say("Macedonian"), ("!„“$%^&*()",), "љњертѕуиопасдфгхјклчзџцвбнм,./"),
    Keyboard(say("Albanian"), ('!"#$%^&*()',), _QWERTZ),
    Keyboard(say("Latvian"), ("!ČčŽž^&*()",)),
    Keyboard(say("Turkish"), ("!'^+%&/()=",), "qwertyuıopasdfghjklşzxcvbnmöç.", "*"),
    Keyboard(say("Turkish F"), ("!\"^$%&'()=",), "fgğıodrnhpuieaütkmlyjövcçzsb.,", "/"),
    Keyboard(say("Azerbaijani"), ('!"Ⅶ;%:?*()',), "qüertyuiopasdfghjklızxcvbnmçş."),
    Keyboard(say("Esperanto"), ("!\"#$%'&*()",)),
    Keyboard(
        say("Russian"),
        (
            *('!"№;%:?*()', '!"#*:,.;()', '№-/":,._?%', "!№/;:,._?%", '!"№%:,.;()', '!"#¤:,.;?%', '!"#;%:?*()'),
            *("!өҡғҫ:ҙһ?№", '"ӨҠҒҪ;ҘҺ()', "?():*ӝӧӵӥӟ", '!"№;%ӜӦӴӤӞ'),
        ),
        _RUSSIAN,
    ),
    Keyboard(say("Ukrainian"), ('!"№;%:?*()', '!"#;:,.*()', "!@;:%'\"*()"), "йцукенгшщзфівапролджячсмитьбю."),
    Keyboard(say("Belarusian"), ('!"№;%:?*()',), "йцукенгшўзфывапролджячсмітьбю."),
    Keyboard(say("Bulgarian"), ('!?+"%=:/–№', "!@№$%€§*()"), ",уеишщксдзьяаожгтнвмюйъэфхпрлб"),
    Keyboard(
        say("Kazakh"),
        ('"әіңғ,.үұқ', "!ӘІҢҒ;:ҮҰҚ", '"áíńǵ,.úýó', "!ÁÍŃǴ;:ÚÝÓ"),
        "йцукенгшщзфывапролджячсмитьбю№",
        "ө",
    ),
    Keyboard(say("Kyrgyz"), ('!"№;%:?*()', '!"№;%:?-()'), _RUSSIAN, "ө"),
    Keyboard(say("Mongolian"), ('№-"₮:._,%?',), "фцужэнгшүзйыбөахролдячёсмитьвю", "е"),
    Keyboard(say("Greek"), (US_SHIFTED,), ";ςερτυθιοπασδφγηξκλ΄ζχψωβνμ,./"),
    Keyboard(say("Hebrew"), ("!@#$%^&*)(",), "/'קראטוןםפשדגכעיחלךףזסבהנמצתץ."),
    Keyboard(say("Arabic"), ("!@#$%^&*)(", "!@#$٪^&*)(", "!@#$٪£€*)("), "ضصثقفغعهخحشسيبلاتنمكئءؤرﻻىةوزظ"),
    Keyboard(say("Persian"), ("!٬٫﷼٪×،*)(", "!٬٫؋٪×،*)("), "ضصثقفغعهخحشسیبلاتنمکظطزرذدپو./"),
    Keyboard(say("Urdu"), ("!@#$%^&*)(", "!@#$٪^\u06d6\u066d)("), "قوعرتےءیہپاسدفگحجکل؛زشچطبنم،۔/"),
    Keyboard(
        say("Armenian"),
        ("ֆձ֊,։՞․՛)օ", "ՖՁ—$…%և՚(Օ", "։ձյ՛,-.«»օ", "։ՁՅ՛,-և()Օ", "էթփձջւևռչճ", "ԷԹՓՁՋՒ֏ՌՉՃ"),
        "ճփբսմուկըթջվգեանիտհպժդչյզլքխշռ",
        "է",
    ),
    Keyboard(
        say("Georgian"),
        (US_SHIFTED, "!№,;%:?.()", "!@#;:,.*()", "!@№$%^&*()"),
        "ქწერტყუიოპასდფგჰჯკლ;ზხცვბნმ,./",
    ),
    Keyboard(
        say("Thai"),
        (
            *(
                "\u0e45/-\u0e20\u0e16\u0e38\u0e36\u0e04\u0e15\u0e08",
                "+\u0e51\u0e52\u0e53\u0e54\u0e39\u0e3f\u0e55\u0e56\u0e57",
            ),
            *(
                "\u0e3f/-\u0e20\u0e16\u0e38\u0e36\u0e04\u0e15\u0e08",
                "\u0e45\u0e51\u0e52\u0e53\u0e54\u0e39\u0e4e\u0e55\u0e56\u0e57",
            ),
            *("=\u0e52\u0e53\u0e54\u0e55\u0e39\u0e57\u0e58\u0e59\u0e50", '+"/,?\u0e38_.()'),
        ),
    ),
    Keyboard(
        say("Lao"),
        (
            *("\u0ea2\u0e9f\u0ec2\u0e96\u0eb8\u0eb9\u0e84\u0e95\u0e88\u0e82", "1234\u0ecc\u0ebc5678"),
            "\u0ed1\u0ed2\u0ed3\u0ed4\u0ecc\u0ebc\u0ed5\u0ed6\u0ed7\u0ed8",
        ),
    ),
    Keyboard(say("Khmer"), ('!\u17d7"\u17db%\u17cd\u17d0\u17cf()',)),
    Keyboard(say("Hindi"), ("\u090d\u0945#$%^&*()", "!\u0945\u093d\u20b9%^\u0970\u0950()", "!@#₹%^&*()", "!@#$%^&ൾ()")),
    Keyboard(say("Bengali"), ("!@#৳%^ঞৎ()", "ৎ'#৳/.&*()", "!\u0981#\u09f3%\u0983\u09ce*()")),
    Keyboard(say("Tamil"), ("௧௨௩௪௫௬௭௮௯௰", "!@#௹%^&*()")),
    Keyboard(say("Telugu"), ("౧౨#$%^&*()",)),
    Keyboard(
        say("Burmese"),
        ("ဍၒဋ$%^ရ*()", "ဍ႑ဋ$%^ရဂ()", "\u100d\u1052\u100b\u1053%\u1035\u101b\u1002()", "!@ၓဩ%ၐၑ*()"),
    ),
    Keyboard(say("Vietnamese"), ("\u0103\xe2\xea\xf4\u0300\u0309\u0303\u0301\u0323\u0111", "ĂÂÊÔ%^&*(Đ"), dash="-"),
    Keyboard(
        say("Japanese"),
        ("!\"#$%&'()~", "!\"#$%&'()0", "ヌフアウエオヤユヨワ", "ヌファゥェォャュョヲ", "!\"#$%&'()ヲ"),
    ),
    Keyboard(say("Ethiopian"), ("፩፪፫፬፭፮፯፰፱፻", "፲፳፴፵፶፷፸፹፺፼")),
    Keyboard(say("Ghanaian"), ("!@#₵%^&*()",)),
    Keyboard(say("Nigerian"), ("!@#₦%^&*()",)),
    Keyboard(say("Congolese"), ("&\u0301\u0300({})\u0302\u030c\u0308",), _AZERTY),
    Keyboard(say("N’Ko"), ("\u07f1\u07eb\u07f5\u07f4(-\u07ec\u07fa\u07ed\u07ee",)),
    Keyboard(say("Berber"), ("&~\"'(-`_^@",)),
    Keyboard(say("Inuktitut"), ("ᖕᑉᕐᒃᑦᖅᒻᓐᓪᔾ",)),
    Keyboard(say("Cherokee"), ("123ᏙᏦᏜᏋᏖᏒᏄ", "ᎱᏇᏧᎰᎹᏝᏡᎺ()")),
    Keyboard(say("Dvorak"), ("&[{}(=*)+]", "%753190246", "[753190246", "{&%#!()@$^"), _DVORAK, "["),
)
"""Where two type the same row, the one that a scanner meets more often stands first."""
