"""Our own ES modules as one script, for a page that can fetch nothing.

Pure: no Django. It knows only the forms that static/js/ uses and refuses every other: a bundle is whole or not made.
Each module becomes a function that is called once and gives its exports, so names of two modules cannot meet.
"""

import re
from collections.abc import Callable, Iterable

_IMPORT = re.compile(r'^import (?P<names>\w+|\{ \w+(?:, \w+)* \}) from "\./(?P<module>[\w-]+\.js)";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?P<default>default (?=function))?(?P<kind>function|const) (?P<name>\w+)", re.MULTILINE)
#: An import or export in another form, and what would end the script before its end.
_REFUSED = re.compile(r"^\s*(?:im|ex)port\b.*|\bimport\s*[(.].*|</script.*|<!--.*", re.MULTILINE | re.IGNORECASE)

#: Starts the parts of the page that name a module, as navigation.js does on the site.
_START = """\
for (const element of document.querySelectorAll("[data-module]")) modules[element.dataset.module].default(element);
"""


class BundleError(Exception):
    """A module that cannot be bundled."""


def bundle(names: Iterable[str], source: Callable[[str], str]) -> str:
    """These modules ("progress.js") and all that they import, in one script that starts the parts of its page."""
    written: dict[str, str] = {}
    for name in names:
        _write(name, source, written, within=())
    return "\n".join(["const modules = {};", *written.values(), _START])


def _write(name: str, source: Callable[[str], str], written: dict[str, str], within: tuple[str, ...]) -> None:
    """Add a module after those that it imports."""
    if name in within:
        raise BundleError(f"{name} imports itself, by way of {', '.join(within)}")
    if name in written:
        return
    script = source(name)
    for found in _IMPORT.finditer(script):
        _write(found["module"], source, written, (*within, name))
    exports = ", ".join(f"{'default: ' * bool(found['default'])}{found['name']}" for found in _EXPORT.finditer(script))
    script = _EXPORT.sub(r"\g<kind> \g<name>", _IMPORT.sub(_as_constants, script))
    if refused := _REFUSED.search(script):
        raise BundleError(f"{name}: {refused[0].strip()}")
    written[name] = f'modules["{name}"] = (() => {{\n{script}return {{ {exports} }};\n}})();\n'


def _as_constants(found: re.Match[str]) -> str:
    names = found["names"] if found["names"].startswith("{") else f"{{ default: {found['names']} }}"
    return f'const {names} = modules["{found["module"]}"];'
