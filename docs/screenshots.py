"""The README's pictures: `make pictures`, from the demo case, with Debian's Chromium.

In: nothing. Out: `docs/pictures/*.png`. Never: a picture of anything but the bundled pages.
"""

import json
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

PICTURES = Path(__file__).parent / "pictures"
PORT = 8377
HEIGHT = 1000


def take(chromium: str, path: str, name: str) -> None:
    """One screen as a picture."""
    subprocess.run(
        [
            chromium, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
            f"--window-size=1280,{HEIGHT}",
            f"--screenshot={PICTURES / name}", f"http://127.0.0.1:{PORT}{path}",
        ],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip


def main() -> int:
    """The command; 1 where there is no Chromium."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        print("Chromium is needed: apt-get install chromium", file=sys.stderr)
        return 1
    PICTURES.mkdir(exist_ok=True)
    rashomon = Path(sys.executable).parent / "rashomon"
    with tempfile.TemporaryDirectory() as folder:
        case = Path(folder) / "hethra.db"
        subprocess.run(
            [rashomon, "demo", "--case", case], check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        )
        shown = subprocess.run([rashomon, "show", case, "incidents", "--json"], check=True, capture_output=True)
        incidents = json.loads(shown.stdout)
        most = max(incidents, key=lambda i: (len(i["contested"]), len(i["tellings"])))
        server = subprocess.Popen([rashomon, "serve", case, "--port", str(PORT)], stdout=subprocess.DEVNULL)
        try:
            for _ in range(100):
                try:
                    urllib.request.urlopen(f"http://127.0.0.1:{PORT}/", timeout=10).close()
                    break
                except OSError:
                    time.sleep(0.3)
            take(chromium, "/", "front.png")
            take(chromium, "/incidents", "incidents.png")
            take(chromium, f"/incidents/{most['id']}", "incident.png")
        finally:
            server.terminate()
            server.wait()
    return 0


if __name__ == "__main__":
    sys.exit(main())
