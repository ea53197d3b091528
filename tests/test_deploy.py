"""What deploy/ offers is sound, as far as this machine can tell."""

import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.live import ROOT

DEPLOY = ROOT / "deploy"
GUIDE = (ROOT / "docs" / "operator.md").read_text(encoding="utf-8")
SOURCES = "\n".join(
    path.read_text(encoding="utf-8") for path in (ROOT / "src" / "zveno").rglob("*.py")
)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
NAME = re.compile(r"\bZVENO_[A-Z_]+\b")
READ = re.compile(r"environ(?:\.get\(|\.setdefault\(|\[)\s*\"(ZVENO_[A-Z_]+)\"")


def needs(program: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(not shutil.which(program), reason=f"no {program} on this machine")


# --- systemd --------------------------------------------------------------------------------


@needs("systemd-analyze")
def test_units_are_what_systemd_understands(tmp_path: Path) -> None:
    units = [*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")]
    for unit in units:
        text = unit.read_text().replace("/opt/zveno/bin/zveno", sys.executable)
        (tmp_path / unit.name).write_text(text)

    said = subprocess.run(
        ["systemd-analyze", "verify", *(str(tmp_path / unit.name) for unit in units)],
        check=False,
        capture_output=True,
        text=True,
    )

    ours = [line for line in said.stderr.splitlines() if str(tmp_path) in line or "zveno" in line]
    assert (len(units), ours) == (3, [])


def test_services_start_commands_there_are() -> None:
    started = [
        re.findall(r"^ExecStart=/opt/zveno/bin/zveno (.+)$", unit.read_text(), re.MULTILINE)
        for unit in sorted(DEPLOY.glob("*.service"))
    ]

    assert started == [["backup"], ["run"]]


# --- nginx ----------------------------------------------------------------------------------


@needs("nginx")
@needs("openssl")
def test_the_proxy_is_what_nginx_understands(tmp_path: Path) -> None:
    pair = ["-keyout", str(tmp_path / "key.pem"), "-out", str(tmp_path / "fullchain.pem")]
    kind = ["openssl", "req", "-x509", "-nodes", "-newkey", "rsa:2048", "-days", "1"]
    subprocess.run(
        [*kind, "-subj", "/CN=zveno.example.org", *pair], check=True, capture_output=True
    )
    site = (DEPLOY / "nginx.conf").read_text()
    site = site.replace("/etc/ssl/zveno", str(tmp_path)).replace("/var/log/nginx", str(tmp_path))
    whole = f"pid {tmp_path}/pid;\nevents {{}}\nhttp {{\n{site}\n}}\n"
    (tmp_path / "nginx.conf").write_text(whole)

    said = subprocess.run(
        ["nginx", "-t", "-c", str(tmp_path / "nginx.conf"), "-e", str(tmp_path / "error")],
        check=False,
        capture_output=True,
        text=True,
    )

    assert said.returncode == 0, said.stderr


def test_the_proxy_lets_the_largest_file_through_and_logs_no_address() -> None:
    site = (DEPLOY / "nginx.conf").read_text()

    assert "client_max_body_size 21m;" in site
    assert "access_log off;" in site


# --- The container --------------------------------------------------------------------------


def instructions() -> Iterator[tuple[str, str]]:
    """Read the container file: instructions with their words, continued lines joined."""
    text = (DEPLOY / "Containerfile").read_text().replace("\\\n", " ")
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            name, _, words = line.partition(" ")
            yield name, words.strip()


KNOWN = {"FROM", "WORKDIR", "COPY", "RUN", "USER", "ENV", "VOLUME", "EXPOSE", "HEALTHCHECK"}
KNOWN |= {"STOPSIGNAL", "ENTRYPOINT", "CMD"}


def test_the_container_is_made_of_what_there_is() -> None:
    assert {name for name, _ in instructions()} == KNOWN
    copied = [words for name, words in instructions() if name == "COPY" and "--from" not in words]
    for words in copied:
        *sources, _target = words.split()
        assert all((ROOT / source).exists() for source in sources), words


def test_the_container_runs_our_command_as_nobody_in_particular() -> None:
    said = dict(instructions())

    assert said["USER"] == "zveno"
    assert said["ENTRYPOINT"] == '["/opt/zveno/bin/zveno"]'
    assert "zveno" in PROJECT["scripts"]
    assert "/health" in said["HEALTHCHECK"]


def test_the_container_has_a_python_we_run_on() -> None:
    versions = {
        tuple(map(int, re.findall(r"python:(\d+)\.(\d+)", words)[0]))
        for name, words in instructions()
        if name == "FROM"
    }

    assert versions == {(3, 11)}
    assert PROJECT["requires-python"] == ">=3.11"


# --- The operator's guide -------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(set(READ.findall(SOURCES))))
def test_each_setting_is_described(name: str) -> None:
    assert f"`{name}`" in GUIDE


@pytest.mark.parametrize("path", sorted(DEPLOY.iterdir()), ids=lambda path: path.name)
def test_files_of_deploy_name_settings_there_are(path: Path) -> None:
    assert set(NAME.findall(path.read_text())) <= set(NAME.findall(SOURCES))


COMMANDS = re.findall(r'(?:add|pass_on)\(\s*"([a-z-]+)"', SOURCES)


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_is_described(name: str) -> None:
    assert f"`{name}" in GUIDE or f"zveno {name}" in GUIDE


@pytest.mark.parametrize("code", sorted(set(re.findall(r'id="(zveno\.[EW]\d{3})"', SOURCES))))
def test_each_finding_of_check_is_described(code: str) -> None:
    assert code in GUIDE
