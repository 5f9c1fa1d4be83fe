"""Tests of the set-up's decisions and their order; no pip runs and nothing leaves this machine."""

import ast
import socket
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

import tasks
from tasks import CPU_INDEX, Done, Setup, SetupError

PYPROJECT = '[project]\ndependencies = ["numpy>=2", "torch==2.13.0"]\n'
HERE = "{} {}".format(*sys.version_info[:2])
EXTRA = ["--extra-index-url", CPU_INDEX]


class FakeMachine:
    """Stands in for every command: makes the venv, answers for pip, remembers what was asked."""

    def __init__(self, pip: str = "26.3") -> None:
        self.pip = pip
        self.offers: list[list[str]] = [[]]  # arguments under which pip finds a +cpu wheel
        self.failing = ""  # the first command that holds this word fails
        self.interrupting = ""  # or is stopped by Ctrl-C
        self.commands: list[list[str]] = []

    def __call__(self, command: list[str], out: int | None = None) -> Done:
        if "-c" in command[:3]:
            return Done(0, f"{HERE} {self.pip}\n")
        self.commands.append(command)
        if self.interrupting and self.interrupting in command:
            self.interrupting = ""
            raise KeyboardInterrupt
        if self.failing and self.failing in command:
            self.failing = ""
            return Done(1, "")
        if "--dry-run" in command:
            return Done(0 if command[10:-1] in self.offers else 1, "")
        if command[1:3] == ["-m", "venv"]:
            make_venv(Path(command[-1]))
        if command[-1] == "pip":
            self.pip = "26.3"
        return Done(0, "")

    def told(self) -> list[str]:
        """The commands since the last call, in short."""
        lines = [" ".join(command[1:]) for command in self.commands]
        self.commands.clear()
        return [line.replace(" --disable-pip-version-check", "") for line in lines]


def make_venv(venv: Path) -> None:
    python = tasks.venv_python(venv, "linux")
    python.parent.mkdir(parents=True, exist_ok=True)
    python.write_bytes(b"")
    (venv / "pyvenv.cfg").write_text("home = /usr\n", encoding="utf-8")


@pytest.fixture
def machine() -> FakeMachine:
    return FakeMachine()


@pytest.fixture
def setup(tmp_path: Path, machine: FakeMachine) -> Setup:
    root = tmp_path / "한글 경로"
    root.mkdir()
    (root / "pyproject.toml").write_text(PYPROJECT, encoding="utf-8")
    (root / "constraints.txt").write_text("numpy==2.4.6\n", encoding="utf-8")
    return Setup(
        root=root,
        venv=root / ".venv",
        system="linux",
        run=machine,
        free_bytes=lambda folder: 50 * tasks.GB,
        reachable=lambda url: False,
        has_gpu=lambda: False,
    )


ASK = "-m pip install --dry-run --no-deps --timeout 10 --retries 1 torch==2.13.0+cpu"
TORCH = "-m pip install --no-deps torch==2.13.0"
REST = "-m pip install -c constraints.txt -e ."
REST_TEST = "-m pip install -c constraints.txt -e .[test]"


class TestRefusals:
    def test_the_file_reads_on_python_3_7(self):
        source = Path(tasks.__file__).read_text(encoding="utf-8")
        assert ast.parse(source, feature_version=(3, 7)).body

    def test_python_3_10_is_refused_by_name_with_its_cure(self):
        with pytest.raises(SetupError, match=r"Python 3\.10 is too old: 3\.11 or newer") as caught:
            tasks.refuse_old_python((3, 10), lambda: "python3.12 tasks.py run")
        assert caught.value.cure == "python3.12 tasks.py run"

    @pytest.mark.parametrize("version", [(3, 11), (3, 13), (4, 0)])
    def test_newer_pythons_pass(self, version):
        tasks.refuse_old_python(version, lambda: pytest.fail("asked for a cure"))

    @pytest.mark.parametrize(
        ("system", "there", "cure"),
        [
            ("linux", {"python3.12", "apt-get"}, "python3.12 tasks.py test"),
            (
                "linux",
                {"apt-get"},
                "sudo apt install python3.11 python3.11-venv && python3.11 tasks.py test",
            ),
            ("linux", {"dnf"}, "sudo dnf install python3.12 && python3.12 tasks.py test"),
            ("linux", set(), "https://www.python.org/downloads/"),
            ("darwin", set(), "brew install python@3.12 && python3.12 tasks.py test"),
            ("win32", set(), "winget install Python.Python.3.12 && py -3.12 tasks.py test"),
        ],
    )
    def test_the_cure_fits_the_system(self, system, there, cure):
        assert tasks.python_cure(system, "test", there.__contains__) == cure

    def test_a_missing_ensurepip_is_named_with_debians_package(self):
        with pytest.raises(SetupError, match="lacks the module ensurepip") as caught:
            tasks.refuse_missing_venv("linux", (3, 12), lambda name: name == "venv")
        assert caught.value.cure == "sudo apt install python3.12-venv   (Debian, Ubuntu)"

    def test_a_missing_venv_elsewhere_points_to_python_org(self):
        with pytest.raises(SetupError, match="lacks the module venv and ensurepip") as caught:
            tasks.refuse_missing_venv("darwin", (3, 12), lambda name: False)
        assert "python.org" in caught.value.cure

    def test_a_full_disk_is_refused_before_anything_runs(self, setup, machine):
        with pytest.raises(SetupError, match=r"3\.0 GB needed, 1\.2 GB free") as caught:
            tasks.ensure_installed(replace(setup, free_bytes=lambda folder: 1_200_000_000), ())
        assert "TUTOR_VENV" in caught.value.cure
        assert machine.told() == []

    def test_what_an_earlier_try_left_counts(self, setup):
        setup.venv.mkdir()
        (setup.venv / "wheel").write_bytes(bytes(600))
        tasks.refuse_small_disk(replace(setup, free_bytes=lambda folder: 400), 1000)
        with pytest.raises(SetupError, match="too little disk"):
            tasks.refuse_small_disk(replace(setup, free_bytes=lambda folder: 399), 1000)

    def test_cuda_needs_more_disk_than_the_cpu_wheel(self, setup, machine):
        machine.offers = []
        with pytest.raises(SetupError, match=r"9\.0 GB needed, 5\.0 GB free"):
            tasks.ensure_installed(replace(setup, free_bytes=lambda folder: 5 * tasks.GB), ())
        assert not any(TORCH in line for line in machine.told())


class TestPlaces:
    def test_interpreter_on_windows_and_elsewhere(self):
        venv = Path("C/홍 길동/.venv")
        assert tasks.venv_python(venv, "win32").as_posix() == "C/홍 길동/.venv/Scripts/python.exe"
        assert tasks.venv_python(venv, "darwin").as_posix() == "C/홍 길동/.venv/bin/python"

    def test_venv_folder_can_be_moved(self, tmp_path):
        assert tasks.venv_folder(tmp_path, "") == tmp_path / ".venv"
        assert tasks.venv_folder(tmp_path, "다른 곳") == tmp_path / "다른 곳"
        assert tasks.venv_folder(tmp_path, str(tmp_path / "abs")) == tmp_path / "abs"

    def test_free_space_is_asked_of_the_nearest_folder_there_is(self, tmp_path):
        assert tasks.free_bytes(tmp_path / "not" / "yet") > 0

    def test_the_editable_link_under_hangul_is_ascii_and_still_leads_there(self, setup):
        link = setup.venv / "lib" / "site-packages" / "_editable_impl_lecture_tutor.pth"
        link.parent.mkdir(parents=True)
        link.write_text(str(setup.root), encoding="utf-8")
        tasks.spell_link_in_ascii(setup)
        line = link.read_text(encoding="ascii")
        assert line.startswith("import sys; sys.path.append('")  # site runs only `import` lines
        assert ast.literal_eval(line.strip()[len("import sys; sys.path.append(") : -1]) == str(
            setup.root
        )


class TestStamp:
    def test_everything_that_decides_the_install_changes_the_key(self, setup, tmp_path):
        keys = [tasks.fingerprint(setup.root, (3, 11)), tasks.fingerprint(setup.root, (3, 12))]
        moved = tmp_path / "moved"
        moved.mkdir()
        for name in ("pyproject.toml", "constraints.txt"):
            (moved / name).write_bytes((setup.root / name).read_bytes())
        keys.append(tasks.fingerprint(moved, (3, 11)))
        for name in ("pyproject.toml", "constraints.txt"):
            with (setup.root / name).open("a", encoding="utf-8") as file:
                file.write("# changed\n")
            keys.append(tasks.fingerprint(setup.root, (3, 11)))
        assert len(set(keys)) == 5

    def test_the_same_state_has_the_same_key(self, setup):
        assert tasks.fingerprint(setup.root, (3, 11)) == tasks.fingerprint(setup.root, (3, 11))

    def test_more_extras_than_asked_are_fine_fewer_are_not(self, tmp_path):
        tasks.write_stamp(tmp_path, "k", ("test",))
        assert tasks.stamp_covers(tmp_path, "k", ())
        assert tasks.stamp_covers(tmp_path, "k", ("test",))
        assert not tasks.stamp_covers(tmp_path, "other", ())
        tasks.write_stamp(tmp_path, "k", ())
        assert not tasks.stamp_covers(tmp_path, "k", ("test",))

    @pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"key": "k", "extras": null}'])
    def test_a_damaged_stamp_is_no_stamp(self, tmp_path, text):
        (tmp_path / tasks.STAMP).write_text(text, encoding="utf-8")
        assert not tasks.stamp_covers(tmp_path, "k", ())


class TestTorch:
    def test_pin_is_read_from_pyproject(self):
        assert tasks.torch_pin(PYPROJECT) == "2.13.0"

    def test_the_repository_pins_torch_as_its_constraints_do(self):
        root = Path(tasks.__file__).parent
        pin = tasks.torch_pin((root / "pyproject.toml").read_text(encoding="utf-8"))
        constraints = (root / "constraints.txt").read_text(encoding="utf-8").splitlines()
        assert f"torch=={pin}" in constraints
        assert [line for line in constraints if "+" in line and not line.startswith("#")] == []

    @pytest.mark.parametrize("requirement", ["torch>=2.13", "torch", "torchvision==0.28.0"])
    def test_a_range_is_refused(self, requirement):
        with pytest.raises(SetupError, match="no exact torch"):
            tasks.torch_pin(f'[project]\ndependencies = ["{requirement}"]\n')

    @pytest.mark.parametrize(
        ("system", "offers", "gpu", "reachable", "arguments", "needed"),
        [
            ("linux", [[]], False, True, [], tasks.DISK_CPU),  # the user's own source has it
            ("linux", [[]], True, True, [], tasks.DISK_CPU),
            ("linux", [EXTRA], False, True, EXTRA, tasks.DISK_CPU),
            ("linux", [EXTRA], True, True, [], tasks.DISK_CUDA),
            ("linux", [EXTRA], False, False, [], tasks.DISK_CUDA),
            ("linux", [], False, True, [], tasks.DISK_CUDA),  # answers, but lacks the wheel
            ("darwin", [], False, True, [], tasks.DISK_CPU),
            ("win32", [], False, True, [], tasks.DISK_CPU),
        ],
    )
    def test_where_torch_comes_from(
        self, setup, machine, system, offers, gpu, reachable, arguments, needed
    ):
        machine.offers = offers
        place = replace(setup, system=system, has_gpu=lambda: gpu, reachable=lambda url: reachable)
        plan = tasks.plan_torch(place, "2.13.0")
        assert list(plan.arguments) == arguments
        assert plan.needed == needed
        assert ("several GB" in plan.notice) == (needed == tasks.DISK_CUDA)

    def test_several_gb_are_announced_before_the_download(self, setup, machine, capsys):
        machine.offers = []
        seen = []

        def run(command, out=None):
            if command[-1] == "torch==2.13.0":
                seen.append(capsys.readouterr().err)
            return machine(command, out)

        tasks.ensure_installed(replace(setup, run=run), ())
        assert "taking PyPI's, several GB" in seen[0]

    def test_the_extra_index_serves_torch_alone(self, setup, machine):
        machine.offers = [EXTRA]
        tasks.ensure_installed(replace(setup, reachable=lambda url: True), ())
        with_index = [line for line in machine.told() if CPU_INDEX in line]
        assert with_index[1:] == [
            f"-m pip install --no-deps --extra-index-url {CPU_INDEX} torch==2.13.0"
        ]


class TestProbe:
    @pytest.fixture(autouse=True)
    def no_proxy(self, monkeypatch):
        for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
            monkeypatch.delenv(name, raising=False)
            monkeypatch.delenv(name.upper(), raising=False)

    def test_a_listening_host_answers(self):
        with socket.create_server(("127.0.0.1", 0)) as server:
            assert tasks.reachable(f"https://127.0.0.1:{server.getsockname()[1]}/whl")

    def test_a_closed_port_does_not(self):
        with socket.create_server(("127.0.0.1", 0)) as server:
            port = server.getsockname()[1]
        began = time.monotonic()
        assert not tasks.reachable(f"https://127.0.0.1:{port}/whl")
        assert time.monotonic() - began < 3.5

    def test_a_silent_name_server_costs_no_more_than_the_limit(self, monkeypatch):
        released = threading.Event()

        def hang(address, timeout):
            released.wait(30)
            raise OSError("released")

        monkeypatch.setattr(socket, "create_connection", hang)
        began = time.monotonic()
        assert not tasks.reachable(CPU_INDEX, seconds=0.2)
        assert time.monotonic() - began < 2
        released.set()

    def test_behind_a_proxy_the_proxy_is_asked(self, monkeypatch):
        with socket.create_server(("127.0.0.1", 0)) as server:
            monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{server.getsockname()[1]}")
            assert tasks.reachable("https://unreachable.invalid/whl/cpu")


class TestInstall:
    def test_a_bare_checkout_takes_the_steps_in_order(self, setup, machine, capsys):
        tasks.ensure_installed(setup, ())
        assert machine.told() == [f"-m venv --clear {setup.venv}", ASK, TORCH, REST]
        shown = [line[:3] for line in capsys.readouterr().err.splitlines()]
        assert shown == ["1/4", "2/4", "3/4", "4/4", "준비됐"]

    def test_a_second_run_calls_nothing(self, setup, machine):
        tasks.ensure_installed(setup, ())
        machine.told()
        tasks.ensure_installed(setup, ())
        assert machine.told() == []

    def test_run_after_test_calls_nothing_and_test_after_run_adds_the_extras(self, setup, machine):
        tasks.ensure_installed(setup, ())
        machine.told()
        tasks.ensure_installed(setup, ("test",))
        assert machine.told()[-1] == REST_TEST
        tasks.ensure_installed(setup, ())
        assert machine.told() == []

    @pytest.mark.parametrize("step", ["torch==2.13.0", "-e"])
    def test_a_failed_step_leaves_no_stamp_and_is_finished_next_time(self, setup, machine, step):
        machine.failing = step
        with pytest.raises(SetupError, match="not installed") as caught:
            tasks.ensure_installed(setup, ())
        assert "the same command goes on" in caught.value.cure
        machine.told()
        tasks.ensure_installed(setup, ())
        assert machine.told() == [ASK, TORCH, REST]  # and the environment is not made again

    def test_an_interrupted_install_is_finished(self, setup, machine):
        machine.interrupting = "-e"
        with pytest.raises(KeyboardInterrupt):
            tasks.ensure_installed(setup, ())
        machine.told()
        tasks.ensure_installed(setup, ())
        assert machine.told() == [ASK, TORCH, REST]

    def test_an_interrupted_upgrade_takes_the_old_stamp_with_it(self, setup, machine):
        tasks.ensure_installed(setup, ())
        machine.interrupting = "-e"
        with pytest.raises(KeyboardInterrupt):
            tasks.ensure_installed(setup, ("test",))
        machine.told()
        tasks.ensure_installed(setup, ())
        assert machine.told() == [ASK, TORCH, REST]

    def test_changed_constraints_install_again(self, setup, machine):
        tasks.ensure_installed(setup, ())
        machine.told()
        (setup.root / "constraints.txt").write_text("numpy==2.4.7\n", encoding="utf-8")
        tasks.ensure_installed(setup, ())
        assert machine.told() == [ASK, TORCH, REST]

    def test_a_lost_interpreter_makes_the_environment_again(self, setup, machine):
        tasks.ensure_installed(setup, ())
        Path(setup.python).unlink()
        machine.told()
        tasks.ensure_installed(setup, ())
        assert machine.told()[0] == f"-m venv --clear {setup.venv}"

    def test_an_environment_of_another_python_is_made_again(self, setup, machine):
        make_venv(setup.venv)
        answers = [Done(0, "3 9 26.3\n")]

        def run(command, out=None):
            return answers.pop() if "-c" in command[:3] and answers else machine(command, out)

        tasks.ensure_installed(replace(setup, run=run), ())
        assert machine.told()[0] == f"-m venv --clear {setup.venv}"

    def test_a_folder_that_is_no_environment_is_not_emptied(self, setup, machine):
        setup.venv.mkdir()
        (setup.venv / "thesis.txt").write_text("mine", encoding="utf-8")
        with pytest.raises(SetupError, match="not a virtual environment"):
            tasks.ensure_installed(setup, ())
        assert machine.told() == []
        assert (setup.venv / "thesis.txt").read_text(encoding="utf-8") == "mine"

    def test_an_environment_that_cannot_be_made_is_named(self, setup, machine):
        machine.failing = "venv"
        with pytest.raises(SetupError, match="could not create the environment"):
            tasks.ensure_installed(setup, ())


class TestPip:
    def test_a_recent_pip_is_left_alone(self, setup, machine):
        tasks.ensure_pip(setup, (25, 0))
        assert machine.told() == []

    def test_an_old_pip_is_upgraded(self, setup, machine):
        machine.pip = "23.2.1"
        tasks.ensure_installed(setup, ())
        assert machine.told()[1] == "-m pip install --upgrade pip"

    def test_a_failed_upgrade_is_borne_where_the_version_suffices(self, setup, machine):
        machine.pip, machine.failing = "23.3.2", "--upgrade"
        tasks.ensure_installed(setup, ())
        assert machine.told()[-1] == REST

    def test_a_failed_upgrade_of_a_pip_that_cannot_do_it_is_refused(self, setup, machine):
        machine.pip, machine.failing = "23.2.1", "--upgrade"
        with pytest.raises(SetupError, match=r"pip 23\.2 is too old, 23\.3 is needed"):
            tasks.ensure_installed(setup, ())


class TestTargets:
    def test_serving_becomes_the_program_on_posix(self, setup):
        calls = []
        place = replace(setup, replace=lambda path, command: calls.append((path, command)))
        tasks.serve(place, ["--port", "7870"])
        python = str(setup.venv / "bin" / "python")
        command = [python, "-m", "tutor", "serve", "--fetch-model", "--port", "7870"]
        assert calls == [(python, command)]

    def test_serving_on_windows_passes_the_exit_code_on(self, setup):
        place = replace(setup, system="win32", run=lambda command: Done(3, ""))
        assert tasks.serve(place, []) == 3

    def test_check_ends_with_exactly_what_test_does(self, setup, machine):
        assert tasks.check(setup, ["-x"]) == 0
        told = machine.told()
        tasks.test(setup, ["-x"])
        assert told == ["-m ruff check .", "-m ruff format --check .", "-m mypy", "-m pytest -x"]
        assert machine.told() == told[-1:]

    @pytest.mark.parametrize("failing", ["check", "format", "mypy", "pytest"])
    def test_check_fails_if_any_part_does_and_runs_them_all(self, setup, machine, failing):
        machine.failing = failing
        assert tasks.check(setup, []) == 1
        assert len(machine.told()) == 4

    def test_bench_runs_the_bench_folder(self, setup, machine):
        tasks.bench(setup, ["--fast"])
        assert machine.told() == ["-m tests.bench --fast"]


class TestMain:
    @pytest.mark.parametrize("arguments", [[], ["install"], ["--target"]])
    def test_wrong_usage_is_exit_2(self, arguments, capsys):
        assert tasks.main(arguments) == 2
        assert "usage: python3 tasks.py TARGET" in capsys.readouterr().err

    def test_help_is_exit_0_on_stdout(self, capsys):
        assert tasks.main(["--help"]) == 0
        assert "usage: python3 tasks.py TARGET" in capsys.readouterr().out

    @pytest.mark.parametrize("dashes", [[], ["--"]])
    def test_arguments_are_passed_on(self, monkeypatch, dashes):
        seen = []
        monkeypatch.setattr(tasks, "perform", lambda target, rest: seen.append((target, rest)))
        tasks.main(["run", *dashes, "--port", "7870"])
        assert seen == [("run", ["--port", "7870"])]

    def test_ctrl_c_is_130_and_one_line(self, monkeypatch, capsys):
        def interrupted(target, rest):
            raise KeyboardInterrupt

        monkeypatch.setattr(tasks, "perform", interrupted)
        assert tasks.main(["run"]) == 130
        assert capsys.readouterr().err.strip().count("\n") == 0

    def test_a_refusal_is_exit_1_with_its_cure(self, monkeypatch, capsys):
        def refused(target, rest):
            raise SetupError("too little disk", "free some")

        monkeypatch.setattr(tasks, "perform", refused)
        assert tasks.main(["run"]) == 1
        assert capsys.readouterr().err == (
            "멈췄어요: too little disk\n이렇게 해 보세요 (to fix it): free some\n"
        )


class TestCommands:
    def test_exit_code_and_output_come_back(self):
        script = "import sys; print('가'.encode('utf-8')); sys.exit(3)"
        done = tasks.run_command([sys.executable, "-c", script], subprocess.PIPE)
        assert done.code == 3
        assert done.text.strip() == r"b'\xea\xb0\x80'"

    @pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")
    def test_death_by_signal_is_the_shells_code(self):
        script = "import os; os.kill(os.getpid(), 9)"
        assert tasks.run_command([sys.executable, "-c", script], subprocess.PIPE).code == 137

    def test_a_lock_is_held_by_one_and_freed_by_closing(self, tmp_path):
        with (tmp_path / "lock").open("ab") as first, (tmp_path / "lock").open("ab") as second:
            assert tasks.take_lock(first.fileno())
            assert not tasks.take_lock(second.fileno())
            first.close()
            assert tasks.take_lock(second.fileno())
