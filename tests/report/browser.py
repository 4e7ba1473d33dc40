"""Pages in headless Chromium: as a phone and a desktop show them, in light and in dark, and what is wrong with them."""

import html
import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

WIDTHS = {"phone": 360, "desktop": 1200}
SCHEMES = {"dark": 0, "light": 1}
"""As Chromium numbers them."""

CHECKS = """
const rgb = text => { const n = (text.match(/[\\d.]+/g) || [0, 0, 0]).map(Number); return n.length < 4 ? [...n, 1] : n; };
const luminance = ([r, g, b]) => [r, g, b].map(c => c / 255).map(c => c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4)
  .reduce((sum, c, n) => sum + c * [.2126, .7152, .0722][n], 0);
const contrast = (a, b) => { const [x, y] = [luminance(a), luminance(b)].sort((p, q) => q - p); return (x + .05) / (y + .05); };
const behind = (view, node) => { for (let n = node; n; n = n.parentElement) {
  const color = rgb(view.getComputedStyle(n).backgroundColor); if (color[3] === 1) return color; } return null; };
async function looked(frame) {
  const view = frame.contentWindow, page = frame.contentDocument, root = page.documentElement;
  const canvas = view.matchMedia('(prefers-color-scheme: dark)').matches ? [18, 18, 18] : [255, 255, 255];
  const faint = [];
  const walker = page.createTreeWalker(page.body, view.NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const node = text.parentElement, box = node.getBoundingClientRect();
    if (!text.data.trim() || !box.width || !box.height || ['TITLE', 'STYLE', 'SCRIPT'].includes(node.tagName.toUpperCase())) continue;
    const style = view.getComputedStyle(node);
    if (style.visibility === 'hidden' || style.display === 'none' || parseFloat(style.fontSize) < 2) continue;
    const ratio = contrast(rgb(node.namespaceURI.endsWith('svg') ? style.fill : style.color), behind(view, node) || canvas);
    if (ratio < 4.5) faint.push(text.data.trim().slice(0, 40) + ' ' + ratio.toFixed(1));
  }
  const heads = [...page.querySelectorAll('h1,h2,h3,h4')].map(h => Number(h.tagName[1]));
  const jumps = heads.filter((level, n) => level > (n ? heads[n - 1] : 0) + 1);
  const real = [...page.querySelectorAll('table:not([role=presentation]):not([role=none])')];
  view.eval(axe_source);
  const result = await view.axe.run(page, {runOnly: ['wcag2a', 'wcag2aa'], iframes: false});
  return {
    dark: view.matchMedia('(prefers-color-scheme: dark)').matches,
    over: Math.max(root.scrollWidth, page.body.scrollWidth) - view.innerWidth,
    faint, jumps, lang: root.lang, headless: real.filter(t => !t.querySelector('th')).length,
    nameless: [...page.querySelectorAll('svg[role=img]')].filter(s => !s.querySelector('title')?.textContent.trim()).length
      + [...page.querySelectorAll('svg:not([role=img]):not([aria-hidden])')].length
      + [...page.querySelectorAll('img:not([alt])')].length,
    violations: result.violations.map(v => v.id + ': ' + v.nodes.map(n => n.target.join(' ')).slice(0, 3).join(', ')),
  };
}
addEventListener('load', async () => {
  const found = {};
  for (const frame of document.querySelectorAll('iframe'))
    found[frame.name] = await looked(frame).catch(error => ({broken: String(error)}));
  document.getElementById('found').textContent = JSON.stringify(found);
});
"""


@dataclass(frozen=True, kw_only=True)
class Look:
    """What a browser says of one page. over: pixels that stick out to the right. faint: words with too little contrast.

    jumps: headings that skip a level. headless: tables of numbers without heads. nameless: pictures without a name.
    violations: of axe-core, by the rules of WCAG 2 A and AA.
    """

    dark: bool
    over: int
    faint: list[str]
    jumps: list[int]
    lang: str
    headless: int
    nameless: int
    violations: list[str]


def missing() -> str:
    """What a look needs and is not there, "" = nothing."""
    if not chromium():
        return "Chromium is not installed (apt-get install chromium)"
    return "" if find_spec("axe_core_python") else "axe-core-python is not installed (pip install -e '.[dev]')"


def chromium() -> str:
    return next((f for n in ("chromium", "chromium-browser", "google-chrome") if (f := shutil.which(n))), "")


def looks(pages: Mapping[str, str], scheme: str) -> dict[tuple[str, str], Look]:
    """(page, width) → what Chromium says of it, all in one start of it. scheme: one of SCHEMES."""
    frames = "".join(
        f'<iframe name="{name}/{width}" style="width:{pixels}px;height:800px" srcdoc="{html.escape(_unlocked(page))}">'
        "</iframe>"
        for name, page in pages.items()
        for width, pixels in WIDTHS.items()
    )
    axe = json.dumps(_axe()).replace("</", "<\\/")
    shell = f'<!doctype html>{frames}<pre id="found"></pre><script>const axe_source = {axe};{CHECKS}</script>'
    dumped = _dumped(shell, scheme)
    told = re.search(r'<pre id="found">(.*?)</pre>', dumped, re.DOTALL)
    assert told, "Chromium did not get to the end"
    found = json.loads(html.unescape(told[1]) or "{}")
    broken = {name: each["broken"] for name, each in found.items() if "broken" in each}
    assert found, "no frame was loaded"
    assert not broken, broken
    return {_parts(name): Look(**each) for name, each in found.items()}


def _parts(name: str) -> tuple[str, str]:
    page, _, width = name.partition("/")
    return page, width


def _unlocked(page: str) -> str:
    """Without the policy that forbids all scripts, the checks among them."""
    return re.sub(r"<meta http-equiv=[^>]*>", "", page)


def _axe() -> str:
    spec = find_spec("axe_core_python")
    assert spec
    assert spec.origin
    return (Path(spec.origin).parent / "axe.min.js").read_text(encoding="utf-8")


def _dumped(shell: str, scheme: str) -> str:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "shell.html"
        path.write_text(shell, encoding="utf-8")
        flags = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--hide-scrollbars",
            "--dump-dom",
            *("--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"),
        ]
        flags += ["--virtual-time-budget=20000", f"--blink-settings=preferredColorScheme={SCHEMES[scheme]}"]
        done = subprocess.run(
            [chromium(), *flags, f"--user-data-dir={folder}/profile", path.as_uri()],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
    return done.stdout.decode("utf-8", "replace")
