"""Checks over the text of the project; each takes text and returns what is wrong, so that it can itself be tested."""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FILE_LINES = 300
FUNCTION_LINES = 40
MIGRATION = re.compile(r"(\d{4})_[a-z0-9_]+\.py")
# Folders that hold no text of ours, beside hidden ones.
IGNORED = {"var", "__pycache__", "node_modules", "fonts"}
CLOCK_CALLS = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time"}
EVENTS = r"on(?:click|change|submit|input|load|focus|blur|key[a-z]+|mouse[a-z]+|toggle|error)"
VIETNAMESE = re.compile(r"[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.I)
JINJA = re.compile(r"{#.*?#}|{%-?\s*trans\b.*?endtrans\s*-?%}|{%.*?%}|{{.*?}}", re.S)
# Names that are the same in every language.
PROPER_NAMES = ("Dân Bàn", "Tiếng Việt")
UNESCAPED = (r"\|\s*safe\b", r"\bautoescape\s+false", r"\bMarkup\(")
# Written in two halves, so that this file does not find itself.
HOSTS = [
    "".join(halves)
    for halves in (
        ("pypi", ".org"),
        ("pypi", ".python.org"),
        ("files.python", "hosted.org"),
        ("registry.npm", "js.org"),
        ("npm", "js.com"),
        ("registry.yarn", "pkg.com"),
        ("deb.deb", "ian.org"),
        ("archive.ub", "untu.com"),
        ("proxy.go", "lang.org"),
        ("static.crates", ".io"),
        ("docker", ".io"),
        ("un", "pkg.com"),
        ("cdn.js", "delivr.net"),
    )
]
UNFINISHED = re.compile("|".join((r"\bTO" r"DO\b", r"\bFIX" r"ME\b", r"\bX" r"XX\b")))
PRIVATE_PATHS = re.compile("|".join((r"(?<![\w.])/work" r"/", r"\.\./sha" r"red\b", r"/home" r"/\w")))


def texts(*folders: str, suffixes: Iterable[str] = ()) -> Iterator[tuple[str, str]]:
    """Name and text of every text file of the project, or of those folders of it."""
    wanted = tuple(suffixes)
    for start in folders or (".",):
        for path in sorted((ROOT / start).rglob("*")):
            inside = path.relative_to(ROOT)
            if _foreign(inside.parts[:-1]) or not path.is_file():
                continue
            if wanted and path.suffix not in wanted:
                continue
            try:
                yield str(inside), path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue


def _foreign(folders: tuple[str, ...]) -> bool:
    hidden = (folder for folder in folders if folder.startswith(".") and folder != ".ci")
    return bool(IGNORED.intersection(folders)) or any(hidden)


def too_long(text: str) -> list[str]:
    """Files and functions past the length at which they are split."""
    lines = len(text.splitlines())
    found = [f"{lines} lines, at most {FILE_LINES}"] if lines > FILE_LINES else []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or 0) - node.lineno + 1
            if length > FUNCTION_LINES:
                found.append(f"{node.name} has {length} lines, at most {FUNCTION_LINES}")
    return found


def own_clocks(text: str) -> list[str]:
    """Calls that ask for the present moment past ``app.core.clock``."""
    calls = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call))
    names = (".".join(ast.unparse(call.func).split(".")[-2:]) for call in calls)
    return [f"calls {name}()" for name in names if name in CLOCK_CALLS]


def commits(text: str) -> list[str]:
    """Calls that end a transaction: operations leave that to whoever began it."""
    calls = (ast.unparse(node.func) for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call))
    return [
        f"calls {call}()" for call in calls if re.search(r"(session|connection|transaction|db)(\(\))?\.commit$", call)
    ]


def prints(text: str) -> list[str]:
    """Calls of ``print``: commands speak through click, the service through its log."""
    calls = (node.func for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call))
    return ["calls print()" for func in calls if isinstance(func, ast.Name) and func.id == "print"]


def swallowed(text: str) -> list[str]:
    """Handlers that catch everything and do nothing."""
    return [
        f"line {node.lineno} swallows every exception"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) in {"Exception", "BaseException"})
        and all(isinstance(step, ast.Pass | ast.Continue) for step in node.body)
    ]


def imported_from_app(text: str) -> list[str]:
    """Imports of the program: a migration that uses it changes whenever the program does."""
    found = []
    for node in ast.walk(ast.parse(text)):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        found += [f"imports {name}" for name in names if name.split(".")[0] == "app"]
    return found


def unescaped(template: str) -> list[str]:
    """Ways to put text into a page as it is."""
    return [
        f"holds {match.group()}" for pattern in UNESCAPED for match in re.finditer(pattern, _without_comments(template))
    ]


def inline_styles(template: str) -> list[str]:
    """``style=`` and ``on…=`` in a template: the content security policy ignores both."""
    pattern = rf"(?<=\s)(style|{EVENTS})\s*=\s*[\"']"
    return [f"holds {match.group()}" for match in re.finditer(pattern, _without_comments(template))]


def unwrapped(template: str) -> list[str]:
    """Lines with Vietnamese words that no translator is shown."""
    plain = JINJA.sub(lambda match: "\n" * match.group().count("\n"), template)
    for name in PROPER_NAMES:
        plain = plain.replace(name, "")
    return [
        f"line {number} is not marked for translation"
        for number, line in enumerate(plain.splitlines(), start=1)
        if VIETNAMESE.search(line)
    ]


def _without_comments(template: str) -> str:
    return re.sub(r"{#.*?#}", "", template, flags=re.S)


def hosts(text: str) -> list[str]:
    """Names of package registries: where packages come from is the machine's own affair."""
    return [f"names {host}" for host in HOSTS if host in text]


def leftovers(text: str) -> list[str]:
    """Marks of unfinished work, and paths of somebody's own machine."""
    return [f"holds {m.group()}" for pattern in (UNFINISHED, PRIVATE_PATHS) for m in pattern.finditer(text)]


def undocumented(names: Iterable[str], readme: str) -> list[str]:
    """Settings the README does not explain, and settings it explains that do not exist."""
    variables = {f"DANBAN_{name.upper()}" for name in names}
    told = set(re.findall(r"\bDANBAN_[A-Z_]*[A-Z]\b", readme))
    missing = [f"{name} is not explained" for name in sorted(variables - told)]
    return missing + [f"{name} does not exist" for name in sorted(told - variables)]


def misnumbered(files: Iterable[str]) -> list[str]:
    """Migrations that are not numbered one after the other."""
    found = []
    for expected, name in enumerate(sorted(files), start=1):
        match = MIGRATION.fullmatch(name)
        if match is None or int(match.group(1)) != expected:
            found.append(f"{name} should begin with {expected:04}_ and be in small letters")
    return found


def pins(lock: str) -> dict[str, set[str]]:
    """Versions of a lock file by package."""
    found: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([a-z0-9-]+)(?:\[[a-z,]+\])?==([^ ;\\]+)", lock, flags=re.M):
        found.setdefault(name, set()).add(version)
    return found


def unhashed(lock: str) -> list[str]:
    """Pins of a lock file without a hash."""
    entries = re.split(r"\n(?=\S)", lock.strip())
    return [entry.split(" ")[0] for entry in entries if "==" in entry and "--hash=sha256:" not in entry]
