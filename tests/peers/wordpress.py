"""WordPress, as Debian packs it, as a peer of the tests: it shows our ballots and tells of links.

``script/nightly`` installs it. It runs on this machine alone, with a database of its own.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

INSTALLED = Path("/usr/share/wordpress")
PROGRAMS = ("php", "mariadbd", "mariadb-install-db", "mariadb")

_CONFIG = """<?php
define('DB_NAME', 'wordpress');
define('DB_USER', 'root');
define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:{socket}');
define('WP_HOME', 'http://{host}');
define('WP_SITEURL', 'http://{host}');
define('DISABLE_WP_CRON', true);
define('AUTOMATIC_UPDATER_DISABLED', true);
$table_prefix = 'wp_';
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
"""
# It asks no server on its own machine, and none but a few ports, unless it is told to; nor does it
# wait longer than a few seconds, which a machine that is busy may need.
_LEAVE = """<?php
add_filter('http_request_host_is_external', '__return_true');
add_filter('http_allowed_safe_ports', fn() => [{port}]);
add_filter('http_request_args', fn($given) => ['timeout' => 60] + $given);
"""
_INSTALL = """define('WP_INSTALLING', true); require 'wp-load.php';
require 'wp-admin/includes/upgrade.php';
wp_install('Een blog', 'admin', 'admin@example.org', true, '', 'password');
switch_theme('twentytwentyone'); echo json_encode(wp_get_theme()->exists());"""
_PUBLISH = """require 'wp-load.php'; $given = json_decode(stream_get_contents(STDIN), true);
echo json_encode(wp_insert_post(['post_title' => 'Over een casus', 'post_status' => 'publish',
'post_author' => 1, 'post_content' => $given]));"""
_TELL = "require 'wp-load.php'; do_all_pings(); echo json_encode(true);"


@dataclass(frozen=True, slots=True)
class WordPress:
    """A running blog."""

    folder: Path
    host: str

    def publish(self, content: str) -> str:
        """Publish a post; give its address."""
        number = self._run(_PUBLISH, json.dumps(content))
        return f"http://{self.host}/?p={number}"

    def tell(self) -> None:
        """Tell other sites of the links in new posts."""
        self._run(_TELL)

    def _run(self, code: str, given: str = "") -> object:
        ran = subprocess.run(
            ["php", "-d", "display_errors=stderr", "-r", code],
            cwd=self.folder / "site",
            input=given,
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        )
        return json.loads(ran.stdout.strip().splitlines()[-1])


def find_missing() -> str | None:
    """Say what is missing to run it; None if nothing is."""
    absent = [program for program in PROGRAMS if shutil.which(program) is None]
    if not INSTALLED.is_dir() or absent:
        return "WordPress is not installed; script/nightly installs it"
    return None


@contextmanager
def running_wordpress(*, asks: int) -> Iterator[WordPress]:
    """A new blog that may ask the server at one port of this machine."""
    with tempfile.TemporaryDirectory() as made, ExitStack() as running:
        folder, host = Path(made), f"127.0.0.1:{_find_port()}"
        shutil.copytree(INSTALLED, folder / "site", ignore_dangling_symlinks=True)
        leave = folder / "site" / "wp-content" / "mu-plugins" / "leave.php"
        leave.parent.mkdir(exist_ok=True)
        leave.write_text(_LEAVE.format(port=asks))
        config = _CONFIG.format(socket=folder / "socket", host=host)
        (folder / "site" / "wp-config.php").write_text(config)
        running.enter_context(_database(folder))
        blog = WordPress(folder, host)
        assert blog._run(_INSTALL), "the theme of the blog is not installed"
        running.enter_context(
            _process(["php", "-S", host, "-t", str(folder / "site")], PHP_CLI_SERVER_WORKERS="4")
        )
        _wait(lambda: httpx.get(f"http://{host}/", timeout=60).status_code == 200)
        yield blog


@contextmanager
def _database(folder: Path) -> Iterator[None]:
    data, place = folder / "data", folder / "socket"
    as_root = ["--user=root"] if os.geteuid() == 0 else []
    subprocess.run(
        [
            *("mariadb-install-db", "--no-defaults", f"--datadir={data}", "--skip-test-db"),
            *("--auth-root-authentication-method=normal", *as_root),
        ],
        check=True,
        capture_output=True,
    )
    server = ["mariadbd", "--no-defaults", f"--datadir={data}", f"--socket={place}"]
    with _process([*server, f"--pid-file={folder / 'pid'}", "--skip-networking", *as_root]):
        create = ["mariadb", "--no-defaults", f"--socket={place}", "-u", "root"]
        _wait(
            lambda: (
                subprocess.run(
                    [*create, "-e", "CREATE DATABASE IF NOT EXISTS wordpress"],
                    check=False,
                    capture_output=True,
                ).returncode
                == 0
            )
        )
        yield


@contextmanager
def _process(command: list[str], **environment: str) -> Iterator[None]:
    process = subprocess.Popen(
        command,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield
    finally:
        # With those that it started itself.
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(60)


def _wait(is_there: Callable[[], bool], seconds: float = 60.0) -> None:
    until = time.monotonic() + seconds
    while not _tried(is_there):
        assert time.monotonic() < until, "WordPress does not start"
        time.sleep(0.2)


def _tried(is_there: Callable[[], bool]) -> bool:
    try:
        return is_there()
    except httpx.HTTPError:
        return False


def _find_port() -> int:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        return int(unused.getsockname()[1])
