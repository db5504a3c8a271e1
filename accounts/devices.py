"""What a browser says of itself (`User-Agent`), in words in which its owner knows it again.

Only names are kept: no versions, which would tell browsers apart better than people do, and no
addresses.
"""

import re

# The first that is found counts: each of these says that it is those below, too.
BROWSERS = (
    (r"Edg(?:e|A|iOS)?/", "Edge"),
    (r"OPR/|OPT/", "Opera"),
    (r"SamsungBrowser/", "Samsung Internet"),
    (r"Vivaldi/", "Vivaldi"),
    (r"Firefox/|FxiOS/", "Firefox"),
    (r"Chrom(?:e|ium)/|CriOS/|HeadlessChrome/", "Chrome"),
    (r"Safari/", "Safari"),
)
SYSTEMS = (
    (r"iPhone|iPod", "iPhone"),
    (r"iPad", "iPad"),
    (r"Android", "Android"),
    (r"CrOS", "ChromeOS"),
    (r"Windows", "Windows"),
    (r"Macintosh|Mac OS X", "Mac"),
    (r"Linux|X11", "Linux"),
)


def browser_of(user_agent: str) -> str:
    """The browser's name; empty where it is none that people know."""
    return _named(BROWSERS, user_agent)


def system_of(user_agent: str) -> str:
    """The name of the device's system; empty where it is none that people know."""
    return _named(SYSTEMS, user_agent)


def _named(names: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((name for pattern, name in names if re.search(pattern, user_agent)), "")
