"""Set up and run Lecture Tutor from a bare checkout: `python3 tasks.py run|test|check|bench`.

Knows virtual environments, pip, and which PyTorch wheel suits this machine; knows nothing of what
the program does. Standard library only. Python 3.7 can still read this file, so that an old
interpreter says what is wrong instead of showing a SyntaxError.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit
from urllib.request import getproxies

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

PYTHON_NEEDED = (3, 11)  # transformers 5.23 installs on nothing older
PYTHON_NAMES = ("python3.13", "python3.12", "python3.11")
PIP_WANTED = (25, 0)  # from here on an upgrade saves no time worth its own
PIP_ENOUGH = (23, 3)  # 23.2 gives up on the `==x.y.*` ranges of the stack
GB = 10**9
DISK_CPU = 3 * GB  # 2.3 GB installed, 0.5 GB in pip's cache
DISK_CUDA = 9 * GB  # the same pin brings NVIDIA's libraries, 2.7 GB as downloaded
CPU_INDEX = "https://download.pytorch.org/whl/cpu"
PROBE_SECONDS = 3.0
GRACE_SECONDS = 3.0  # what a child gets to finish by itself after Ctrl-C
STAMP = "lecture-tutor-stamp.json"
EXTRAS = {"run": (), "test": ("test",), "check": ("test",), "bench": ("test",)}
LINT = (("ruff", "check", "."), ("ruff", "format", "--check", "."), ("mypy",))
USAGE = """usage: python3 tasks.py TARGET [arguments passed on]
  run     공부 페이지를 열어요 (install if needed, serve the page, open it)
  test    시험을 모두 돌려요 (install if needed, run every test)
  check   린트, 타입, 시험 (lint, types, then the tests)
  bench   성능을 재요 (the benchmarks, as a table)"""


class SetupError(Exception):
    """What stops the set-up, and the command that cures it."""

    def __init__(self, message: str, cure: str) -> None:
        super().__init__(message)
        self.cure = cure


class Done(NamedTuple):
    """A finished command: its exit code, and its standard output where that was captured."""

    code: int
    text: str


def say(line: str) -> None:
    """Tell the person at the keyboard something."""
    print(line, file=sys.stderr, flush=True)


# --- the world outside: everything a test replaces -----------------------------------------------


def run_command(command: Sequence[str], out: int | None = None) -> Done:
    """Run a command to its end; `out` as in subprocess, PIPE also hides its error stream."""
    captured = out == subprocess.PIPE
    quiet = subprocess.DEVNULL if captured else None
    with subprocess.Popen(list(command), stdout=out, stderr=quiet) as process:
        try:
            output = process.communicate()[0] or b""
        except KeyboardInterrupt:
            _let_finish(process)
            raise
    code = process.returncode
    return Done(code if code >= 0 else 128 - code, output.decode("utf-8", "replace"))


def _let_finish(process: subprocess.Popen[bytes]) -> None:
    """Give an interrupted child a moment: the terminal has sent it the same Ctrl-C."""
    try:
        process.wait(GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()


def free_bytes(folder: Path) -> int:
    """Free space on the disk that would hold `folder`, in bytes."""
    while not folder.exists():
        folder = folder.parent
    return shutil.disk_usage(folder).free


def folder_bytes(folder: Path) -> int:
    """Size of the files under `folder`, in bytes; 0 where there is none."""
    return sum(entry.lstat().st_size for entry in folder.rglob("*") if not entry.is_dir())


def reachable(url: str, seconds: float = PROBE_SECONDS) -> bool:
    """Whether a TCP connection to the host of `url`, or to the proxy before it, opens in time."""
    goal = urlsplit(getproxies().get(urlsplit(url).scheme) or url)
    address = (goal.hostname or "", goal.port or (80 if goal.scheme == "http" else 443))
    answered = threading.Event()

    def knock() -> None:
        try:
            socket.create_connection(address, seconds).close()
        except OSError:
            return
        answered.set()

    # A thread, because looking a name up has no time limit of its own.
    thread = threading.Thread(target=knock, daemon=True)
    thread.start()
    thread.join(seconds)
    return answered.is_set()


def has_nvidia_gpu() -> bool:
    """Whether an NVIDIA driver with a GPU answers on this Linux machine (WSL included)."""
    if Path("/proc/driver/nvidia/version").exists():
        return True
    smi = shutil.which("nvidia-smi")
    return smi is not None and run_command([smi, "-L"], subprocess.PIPE).code == 0


@dataclass(frozen=True)
class Setup:
    """Where things are, and the doors to the outside.

    `root` is the checkout, `venv` its virtual environment, both absolute; `system` is
    `sys.platform`.
    """

    root: Path
    venv: Path
    system: str
    run: Callable[..., Done] = run_command
    free_bytes: Callable[[Path], int] = free_bytes
    reachable: Callable[[str], bool] = reachable
    has_gpu: Callable[[], bool] = has_nvidia_gpu
    replace: Callable[[str, list[str]], object] = os.execv

    @property
    def python(self) -> str:
        """The virtual environment's interpreter."""
        return str(venv_python(self.venv, self.system))

    def pip(self, *arguments: str) -> int:
        """Run pip's `install`, its standard output on stderr, and return its exit code."""
        command = [self.python, "-m", "pip", "install", "--disable-pip-version-check"]
        return self.run([*command, *arguments], out=2).code


# --- refusals ------------------------------------------------------------------------------------


def refuse_old_python(version: tuple[int, int], cure: Callable[[], str]) -> None:
    """Raise SetupError for an interpreter below 3.11; `cure` is asked only then."""
    if version < PYTHON_NEEDED:
        raise SetupError(
            f"이 파이썬({version[0]}.{version[1]})은 너무 오래됐어요, 3.11 이상이 필요해요 "
            f"(Python {version[0]}.{version[1]} is too old: 3.11 or newer is needed)",
            cure(),
        )


def python_cure(system: str, target: str, works: Callable[[str], bool]) -> str:
    """The command that gets this target going; `works` tells if a command name runs here."""
    for name in PYTHON_NAMES:
        if works(name):
            return f"{name} tasks.py {target}"
    if system == "win32":
        return f"winget install Python.Python.3.12 && py -3.12 tasks.py {target}"
    if system == "darwin":
        return f"brew install python@3.12 && python3.12 tasks.py {target}"
    if works("apt-get"):
        return f"sudo apt install python3.11 python3.11-venv && python3.11 tasks.py {target}"
    if works("dnf"):
        return f"sudo dnf install python3.12 && python3.12 tasks.py {target}"
    return "https://www.python.org/downloads/"


def works(command: str) -> bool:
    """Whether `command --version` runs: a version manager's stand-in may exist and not run."""
    path = shutil.which(command)
    return path is not None and run_command([path, "--version"], subprocess.PIPE).code == 0


def refuse_missing_venv(system: str, version: tuple[int, int], has: Callable[[str], bool]) -> None:
    """Raise SetupError where the modules that make a virtual environment are left out."""
    missing = [name for name in ("venv", "ensurepip") if not has(name)]
    if not missing:
        return
    apt = system.startswith("linux")
    raise SetupError(
        f"파이썬에 {', '.join(missing)} 모듈이 없어요 "
        f"(this Python lacks the module {' and '.join(missing)})",
        f"sudo apt install python{version[0]}.{version[1]}-venv   (Debian, Ubuntu)"
        if apt
        else "https://www.python.org/downloads/   (reinstall Python from here)",
    )


def has_module(name: str) -> bool:
    """Whether this interpreter could import `name`."""
    return importlib.util.find_spec(name) is not None


def refuse_small_disk(setup: Setup, needed: int) -> None:
    """Raise SetupError where `needed` bytes, less what an earlier try left, do not fit."""
    missing = needed - folder_bytes(setup.venv)
    free = setup.free_bytes(setup.venv)
    if free < missing:
        raise SetupError(
            f"디스크가 모자라요: {missing / GB:.1f} GB가 필요한데 {free / GB:.1f} GB가 남았어요 "
            f"(too little disk: {missing / GB:.1f} GB needed, {free / GB:.1f} GB free)",
            f"{setup.venv.parent}의 디스크를 비우거나 TUTOR_VENV에 다른 폴더를 적어 주세요 "
            "(free some, or set TUTOR_VENV to a folder on another disk)",
        )


# --- the stamp -----------------------------------------------------------------------------------


def venv_python(venv: Path, system: str) -> Path:
    """The interpreter inside a virtual environment on this system."""
    return venv / "Scripts" / "python.exe" if system == "win32" else venv / "bin" / "python"


def venv_folder(root: Path, wanted: str) -> Path:
    """`.venv` in the checkout, or the folder TUTOR_VENV names (relative to the checkout)."""
    return root / Path(wanted).expanduser() if wanted else root / ".venv"


def fingerprint(root: Path, version: tuple[int, int]) -> str:
    """A hash of all that decides what is installed; a moved checkout counts, its path is kept."""
    digest = hashlib.sha256(f"{version[0]}.{version[1]}\0{root}".encode("utf-8", "surrogateescape"))
    for name in ("pyproject.toml", "constraints.txt"):
        digest.update(b"\0" + (root / name).read_bytes())
    return digest.hexdigest()


def stamp_covers(venv: Path, key: str, extras: Sequence[str]) -> bool:
    """Whether a finished install of this key holds these extras; more than them is fine."""
    try:
        record = json.loads((venv / STAMP).read_text(encoding="utf-8"))
        return bool(record["key"] == key) and set(extras) <= set(record["extras"])
    except (OSError, ValueError, KeyError, TypeError):
        return False


def write_stamp(venv: Path, key: str, extras: Sequence[str]) -> None:
    """Say that the install of this key with these extras is complete, in one step."""
    draft = venv / (STAMP + ".new")
    draft.write_text(json.dumps({"key": key, "extras": list(extras)}), encoding="utf-8")
    os.replace(draft, venv / STAMP)


# --- the four steps ------------------------------------------------------------------------------


def ensure_installed(setup: Setup, extras: Sequence[str]) -> None:
    """Make the virtual environment hold the project with `extras`; nothing runs if it does.

    Raises:
        SetupError: a step can't be done; what was done stays and the next call goes on from it.
    """
    key = fingerprint(setup.root, sys.version_info[:2])
    if stamp_covers(setup.venv, key, extras) and Path(setup.python).exists():
        return
    with only_one_setup(setup.venv):
        if not stamp_covers(setup.venv, key, extras) or not Path(setup.python).exists():
            install(setup, key, extras)


def install(setup: Setup, key: str, extras: Sequence[str]) -> None:
    """Do the four steps; the stamp goes first and comes back last."""
    began = time.monotonic()
    refuse_small_disk(setup, DISK_CPU)
    stamp = setup.venv / STAMP
    if stamp.exists():
        stamp.unlink()
    ensure_pip(setup, ensure_venv(setup))
    install_torch(setup)
    install_rest(setup, extras)
    write_stamp(setup.venv, key, extras)
    seconds = time.monotonic() - began
    say(f"준비됐어요, {seconds:.0f}초 걸렸어요 (ready in {seconds:.0f} s)")


def ensure_venv(setup: Setup) -> tuple[int, ...]:
    """Step 1: keep a working environment of this Python, else make one; return pip's version."""
    pip = pip_version(setup)
    if pip:
        say("1/4 가상환경이 있어요 (virtual environment is there)")
        return pip
    refuse_missing_venv(setup.system, sys.version_info[:2], has_module)
    cure = f"{setup.venv} 폴더를 지우고 다시 해 주세요 (delete that folder, then run again)"
    if setup.venv.is_dir() and any(setup.venv.iterdir()):
        if not (setup.venv / "pyvenv.cfg").exists():
            raise SetupError(
                f"가상환경이 아닌 폴더예요: {setup.venv} (not a virtual environment)", cure
            )
    say(f"1/4 가상환경을 만들어요 (creating {setup.venv.name})")
    setup.run([sys.executable, "-m", "venv", "--clear", str(setup.venv)], out=2)
    pip = pip_version(setup)
    if not pip:
        raise SetupError("가상환경을 못 만들었어요 (could not create the environment)", cure)
    return pip


def pip_version(setup: Setup) -> tuple[int, ...]:
    """The environment's pip as (major, minor); empty if it is broken or of another Python."""
    if not Path(setup.python).exists():
        return ()
    question = "import sys, pip; print(*sys.version_info[:2], pip.__version__)"
    answer = setup.run([setup.python, "-I", "-c", question], out=subprocess.PIPE)
    found = re.match(r"(\d+) (\d+) (\d+)\.(\d+)", answer.text)
    if answer.code != 0 or found is None:
        return ()
    numbers = tuple(int(group) for group in found.groups())
    return numbers[2:] if numbers[:2] == sys.version_info[:2] else ()


def ensure_pip(setup: Setup, version: tuple[int, ...]) -> None:
    """Step 2: upgrade an old pip; a failed upgrade is fatal only where the old one won't do."""
    shown = ".".join(str(number) for number in version)
    if version >= PIP_WANTED:
        say(f"2/4 pip은 그대로 써요 (pip {shown} is recent enough)")
        return
    say(f"2/4 pip을 새로 받아요 (upgrading pip {shown})")
    setup.pip("--upgrade", "pip")
    if pip_version(setup) < PIP_ENOUGH:
        raise SetupError(
            f"pip이 너무 오래됐는데 새로 받지 못했어요 "
            f"(pip {shown} is too old, 23.3 is needed, and the upgrade failed)",
            "인터넷 연결이나 pip 설정을 보고 다시 해 주세요 "
            "(check the network and your pip configuration, then run again)",
        )


class TorchPlan(NamedTuple):
    """How to get torch: pip's extra arguments, the disk all of it takes, what to say first."""

    arguments: tuple[str, ...]
    needed: int
    notice: str


def torch_pin(pyproject: str) -> str:
    """The exact torch version that pyproject.toml asks for, e.g. `2.13.0`."""
    import tomllib

    for requirement in tomllib.loads(pyproject)["project"]["dependencies"]:
        found = re.fullmatch(r"torch\s*==\s*([\w.]+)", requirement)
        if found:
            return found.group(1)
    raise SetupError(
        "pyproject.toml: torch==X.Y.Z 가 없어요 (no exact torch)", "git checkout pyproject.toml"
    )


def offers_cpu_wheel(setup: Setup, version: str, arguments: Sequence[str]) -> bool:
    """Whether pip, as this user has set it up, would find a `+cpu` wheel.

    Asked as a dry run of the local version alone: it downloads no CUDA wheel to find out.
    """
    limits = ["--timeout", "10", "--retries", "1"]
    command = [setup.python, "-m", "pip", "install", "--dry-run", "--no-deps", *limits]
    question = [*command, *arguments, f"torch=={version}+cpu"]
    return setup.run(question, out=subprocess.PIPE).code == 0


def plan_torch(setup: Setup, version: str) -> TorchPlan:
    """Choose where torch comes from; the user's own pip configuration always comes first."""
    if not setup.system.startswith("linux") or offers_cpu_wheel(setup, version, ()):
        return TorchPlan((), DISK_CPU, "")
    if setup.has_gpu():
        return TorchPlan(
            (), DISK_CUDA, "NVIDIA GPU가 있어 CUDA판을 받아요, 몇 GB예요 (CUDA build, several GB)"
        )
    extra = ("--extra-index-url", CPU_INDEX)
    if setup.reachable(CPU_INDEX) and offers_cpu_wheel(setup, version, extra):
        return TorchPlan(extra, DISK_CPU, "")
    return TorchPlan(
        (),
        DISK_CUDA,
        "CPU용 PyTorch에 닿지 않아 PyPI에서 받아요, 몇 GB가 될 수 있어요 "
        "(no CPU wheel of PyTorch in reach: taking PyPI's, several GB)",
    )


def install_torch(setup: Setup) -> None:
    """Step 3: exactly the pinned torch, alone, so that the extra index serves nothing else."""
    version = torch_pin((setup.root / "pyproject.toml").read_text(encoding="utf-8"))
    say(f"3/4 PyTorch를 설치해요 (installing PyTorch {version})")
    plan = plan_torch(setup, version)
    if plan.notice:
        say("    " + plan.notice)
    refuse_small_disk(setup, plan.needed)
    if setup.pip("--no-deps", *plan.arguments, f"torch=={version}") != 0:
        raise SetupError("PyTorch를 설치하지 못했어요 (PyTorch was not installed)", AGAIN)


def install_rest(setup: Setup, extras: Sequence[str]) -> None:
    """Step 4: the project itself, editable, and all it needs at the committed versions."""
    say("4/4 나머지를 설치해요 (installing the rest)")
    project = f".[{','.join(extras)}]" if extras else "."
    if setup.pip("-c", "constraints.txt", "-e", project) != 0:
        raise SetupError("나머지를 설치하지 못했어요 (the rest was not installed)", AGAIN)
    spell_link_in_ascii(setup)


AGAIN = (
    "위에 pip이 적은 이유를 보고, 같은 명령을 다시 하면 이어서 해요 "
    "(pip gives its reason above; the same command goes on from here)"
)


def spell_link_in_ascii(setup: Setup) -> None:
    """Keep a checkout under 한글 readable to Python 3.11 and 3.12 on Windows.

    They read the `.pth` that an editable install leaves in the console's code page while it is
    written as UTF-8, and end before the first line of any program runs.
    """
    if str(setup.root).isascii():
        return
    line = f"import sys; sys.path.append({str(setup.root)!a})\n"
    for link in setup.venv.rglob("site-packages/_*lecture_tutor.pth"):
        link.write_text(line, encoding="ascii")


@contextmanager
def only_one_setup(venv: Path) -> Iterator[None]:
    """Wait while another tasks.py fills this `venv`; the system ends the wait if that one dies."""
    user = getattr(os, "getuid", int)()
    name = hashlib.sha256(f"{user} {venv}".encode("utf-8", "surrogateescape")).hexdigest()[:16]
    told = False
    with open(Path(tempfile.gettempdir()) / f"lecture-tutor-{name}.lock", "ab") as handle:
        while not take_lock(handle.fileno()):
            if not told:
                say("다른 설치가 끝나기를 기다려요 (waiting for another set-up to end)")
            told = True
            time.sleep(0.5)
        yield


def take_lock(handle: int) -> bool:
    """Lock an open file unless another process has it; closing it lets it go."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:  # a disk that knows no locks: better a race than no set-up
        return True
    return True


# --- the targets ---------------------------------------------------------------------------------


def serve(setup: Setup, arguments: Sequence[str]) -> int:
    """Hand over to `tutor serve`; on POSIX this process becomes it, so that Ctrl-C is its own."""
    command = [setup.python, "-m", "tutor", "serve", "--fetch-model", *arguments]
    if setup.system == "win32":
        return setup.run(command).code
    setup.replace(setup.python, command)
    return 0


def test(setup: Setup, arguments: Sequence[str]) -> int:
    """Run the tests and return pytest's exit code."""
    return setup.run([setup.python, "-m", "pytest", *arguments]).code


def check(setup: Setup, arguments: Sequence[str]) -> int:
    """Lint, types and tests: all of them run, the tests last, and any failure fails the whole."""
    failed = []
    for command in LINT:
        say("$ " + " ".join(command))
        if setup.run([setup.python, "-m", *command]).code != 0:
            failed.append(" ".join(command))
    if failed:
        say(f"통과하지 못했어요, 시험은 그래도 돌려요 (failed: {'; '.join(failed)}; tests follow)")
    return test(setup, arguments) or (1 if failed else 0)


def bench(setup: Setup, arguments: Sequence[str]) -> int:
    """Run the benchmarks of docs/benchmarks.md."""
    return setup.run([setup.python, "-m", "tests.bench", *arguments]).code


TARGETS = {"run": serve, "test": test, "check": check, "bench": bench}


def perform(target: str, arguments: Sequence[str]) -> int:
    """Refuse what can't work, install what is missing, and do the target."""
    refuse_old_python(sys.version_info[:2], lambda: python_cure(sys.platform, target, works))
    root = Path(__file__).resolve().parent
    os.chdir(root)
    venv = venv_folder(root, os.environ.get("TUTOR_VENV", ""))
    setup = Setup(root, venv, sys.platform)
    ensure_installed(setup, EXTRAS[target])
    sys.stdout.flush()
    return TARGETS[target](setup, arguments)


def main(arguments: Sequence[str]) -> int:
    """Read the command line and return an exit code: 2 for wrong usage, 130 for Ctrl-C."""
    if not arguments or arguments[0] not in TARGETS:
        print(USAGE, file=sys.stdout if arguments[:1] in (["-h"], ["--help"]) else sys.stderr)
        return 0 if arguments[:1] in (["-h"], ["--help"]) else 2
    rest = list(arguments[1:])
    if rest[:1] == ["--"]:
        rest = rest[1:]
    try:
        return perform(arguments[0], rest)
    except SetupError as problem:
        say(f"멈췄어요: {problem}\n이렇게 해 보세요 (to fix it): {problem.cure}")
        return 1
    except KeyboardInterrupt:
        say("\n중단했어요. 같은 명령으로 다시 할 수 있어요 (stopped: run it again at any time)")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
